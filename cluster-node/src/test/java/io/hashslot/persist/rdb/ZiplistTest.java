package io.hashslot.persist.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.Memory;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What servers before Redis 7.0 wrote, and what damaged files have in its place. */
class ZiplistTest {
  /** {@code a, 2, b, "3.5", c, -1} as a ziplist. */
  private static final String ZIPLIST =
      "22000000"
          + "1c000000"
          + "0600"
          + "000161"
          + "03f3"
          + "020162"
          + "0303332e35"
          + "050163"
          + "03feff"
          + "ff";

  /** {@code foo: bar, k: (two free bytes)} as a zipmap. */
  private static final String ZIPMAP = "0203666f6f0300626172016b00020000ff";

  private final NativeBlock from = new NativeBlock();
  private final NativeBlock into = new NativeBlock();

  @AfterEach
  void free() {
    from.close();
    into.close();
  }

  private void put(byte[] bytes) {
    from.clear();
    from.ensure(bytes.length);
    Memory.copy(bytes, 0, from.address(), bytes.length);
    from.length = bytes.length;
  }

  private List<String> elements() {
    assertThat(Listpack.valid(into.address(), into.length, true)).isTrue();
    List<String> elements = new ArrayList<>();
    for (long p = Listpack.first(into.address()); p != 0; p = Listpack.next(p)) {
      elements.add(new String(Listpack.get(p, new Slice()).bytes(), StandardCharsets.ISO_8859_1));
    }
    return elements;
  }

  private static byte[] ziplist() {
    byte[] bytes = HexFormat.of().parseHex(ZIPLIST);
    bytes[0] = (byte) bytes.length;
    bytes[4] = (byte) (bytes.length - 4);
    return bytes;
  }

  @Test
  void ziplistsBecomeListpacks() {
    put(ziplist());
    assertThat(Ziplist.toListpack(from, into)).isTrue();
    assertThat(elements()).containsExactly("a", "2", "b", "3.5", "c", "-1");
  }

  @Test
  void zipmapsBecomeListpacks() {
    put(HexFormat.of().parseHex(ZIPMAP));
    assertThat(Zipmap.toListpack(from, into)).isTrue();
    assertThat(elements()).containsExactly("foo", "bar", "k", "");
  }

  @Test
  void nothingIsReadBeyondTheEndOfDamagedOnes() {
    Random random = new Random(3);
    for (byte[] good : List.of(ziplist(), HexFormat.of().parseHex(ZIPMAP))) {
      for (int i = 0; i < 20_000; i++) {
        byte[] bad = good.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
        put(bad);
        if (Ziplist.toListpack(from, into) || Zipmap.toListpack(from, into)) {
          assertThat(elements().size()).isLessThan(bad.length);
        }
      }
    }
  }

  @Test
  void cutOnesAreRefused() {
    byte[] whole = ziplist();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      put(cut);
      assertThat(Ziplist.toListpack(from, into)).isFalse();
      if (length >= 10) {
        cut[0] = (byte) length;
        cut[length - 1] = (byte) 0xFF;
        put(cut);
        assertThat(Ziplist.toListpack(from, into)).isFalse();
      }
    }
  }
}
