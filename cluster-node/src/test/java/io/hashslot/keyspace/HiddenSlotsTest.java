package io.hashslot.keyspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Memory;
import io.hashslot.slot.Slots;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys of slots that are on their way here. */
class HiddenSlotsTest {
  private final KeyspaceFixture data = new KeyspaceFixture(4, 1, true);

  @AfterEach
  void close() {
    data.close();
  }

  private static int slot(String key) {
    return Slots.of(key.getBytes(ISO_8859_1));
  }

  private Set<String> walked() {
    Set<String> names = new TreeSet<>();
    long cursor = 0;
    do {
      cursor =
          data.begin(0)
              .scan(
                  cursor,
                  10,
                  (_, entry) ->
                      names.add(
                          new String(
                              Memory.bytes(entry.keyAddress(), entry.keyLength()), ISO_8859_1)));
    } while (cursor != 0);
    return names;
  }

  @Test
  void hiddenKeysAreNotCountedNorWalkedOverButFoundByName() {
    for (int i = 0; i < 50; i++) {
      data.put("{shown}" + i, "x");
    }
    data.keyspace.hide(slot("hidden"), true);
    for (int i = 0; i < 1000; i++) {
      data.put("{hidden}" + i, "x");
    }
    data.begin(0).remove(data.key("{hidden}7"));

    assertThat(data.keyspace.size(0)).isEqualTo(50);
    assertThat(walked()).hasSize(50).allMatch(name -> name.startsWith("{shown}"));
    assertThat(data.get("{hidden}1")).isEqualTo("x");
    assertThat(data.keyspace.hides(slot("hidden"))).isTrue();
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      data.begin(0)
          .random(
              (_, entry) ->
                  drawn.add(
                      new String(Memory.bytes(entry.keyAddress(), entry.keyLength()), ISO_8859_1)));
    }
    assertThat(drawn).isNotEmpty().allMatch(name -> name.startsWith("{shown}"));

    data.keyspace.hide(slot("hidden"), false);
    assertThat(data.keyspace.size(0)).isEqualTo(1049);
    assertThat(walked()).hasSize(1049);
  }

  @Test
  void slotsThatHoldKeysAlreadyCanBeHiddenAndShownAgain() {
    data.put("{a}1", "x");
    data.put("{b}1", "x");
    data.keyspace.hide(slot("a"), true);
    data.keyspace.hide(slot("a"), true);
    assertThat(data.keyspace.size(0)).isEqualTo(1);
    data.keyspace.flush(0, true);
    assertThat(data.keyspace.size(0)).isZero();
    data.put("{a}1", "x");
    data.put("{a}2", "x");
    assertThat(data.keyspace.size(0)).isZero();
    data.keyspace.hideNothing();
    assertThat(data.keyspace.size(0)).isEqualTo(2);
  }

  @Test
  void nothingIsDrawnWhereAllIsHidden() {
    data.keyspace.hide(slot("a"), true);
    data.put("{a}1", "x");
    assertThat(data.begin(0).random((_, _) -> {})).isFalse();
    assertThat(walked()).isEmpty();
  }

  @Test
  void hiddenKeysDoNotExpireByThemselves() {
    data.keyspace.hide(slot("a"), true);
    data.put(0, "{a}1", "x", data.nowMs - 1);
    assertThat(walked()).isEmpty();
    data.mode = ExpiryMode.IGNORE;
    assertThat(data.get("{a}1")).isEqualTo("x");
  }
}
