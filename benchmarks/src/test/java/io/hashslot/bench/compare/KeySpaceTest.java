package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.slot.Slots;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeySpaceTest {

  private static final int KEYS = 5_000;
  private static final int MOVING_SLOTS = 2_000;

  private final KeySpace keys = new KeySpace(KEYS, MOVING_SLOTS, 16);

  @Test
  void keysOfTheFirstSlotsMoveAndAllOthersStay() {
    assertThat(IntStream.of(keys.moving()))
        .isNotEmpty()
        .allMatch(number -> slot(number) < MOVING_SLOTS);
    assertThat(IntStream.of(keys.staying()))
        .isNotEmpty()
        .allMatch(number -> slot(number) >= MOVING_SLOTS);
    assertThat(keys.moving().length + keys.staying().length).isEqualTo(KEYS);
  }

  private static int slot(int number) {
    return Slots.of(KeySpace.key(number).getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aConfirmedWriteIsWhatHasToBeThere() {
    String before = keys.value(7);
    String next = keys.nextValue(7);
    assertThat(next).isNotEqualTo(before).hasSize(16);
    assertThat(keys.value(7)).isEqualTo(before);
    keys.written(7);
    assertThat(keys.value(7)).isEqualTo(next);
    assertThat(keys.value(8)).isNotEqualTo(next);
  }

  @Test
  void nothingIsKnownOfALostWriteUntilTheNextOne() {
    keys.lost(7);
    assertThat(keys.known(7)).isFalse();
    assertThat(keys.known(8)).isTrue();
    String next = keys.nextValue(7);
    keys.written(7);
    assertThat(keys.known(7)).isTrue();
    assertThat(keys.value(7)).isEqualTo(next);
  }
}
