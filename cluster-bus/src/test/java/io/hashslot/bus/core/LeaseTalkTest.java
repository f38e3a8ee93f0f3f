package io.hashslot.bus.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.LeaseTalk.Kind;
import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.slot.SlotSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeaseTalkTest {
  private static final LeaseTalk TALK =
      new LeaseTalk(Kind.QUESTION, TestCore.id('a'), 3, 2, 0x0102030405060708L, 77);

  private static @Nullable LeaseTalk read(long moduleId, int type, byte[] payload) {
    var buffer = new ExpandableArrayBuffer();
    var body = new UnsafeBuffer(payload);
    int length = new FrameEncoder().lightModule(buffer, 0, moduleId, type, body);
    var frame = new BusFrame();
    assertThat(frame.wrap(buffer, 0, length)).isNull();
    return LeaseTalk.read(frame.module());
  }

  @Test
  void theBytesAreThese() {
    assertThat(HexFormat.of().formatHex(TALK.payload()))
        .isEqualTo(
            "61".repeat(40)
                + "0000000000000003"
                + "0000000000000002"
                + "0102030405060708"
                + "000000000000004d");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(Kind kind) {
    var talk = new LeaseTalk(kind, TestCore.id('b'), Long.MAX_VALUE, 0, -1, 1L << 40);
    assertThat(read(Consents.MODULE_ID, kind.type(), talk.payload())).isEqualTo(talk);
  }

  @Test
  void whatIsAboutSomethingElseIsNotRead() {
    assertThat(read(Consents.MODULE_ID + 1, 4, TALK.payload())).isNull();
    for (int type : new int[] {0, 1, 2, 3, 7, 255}) {
      assertThat(read(Consents.MODULE_ID, type, TALK.payload())).as("type %d", type).isNull();
    }
  }

  @Test
  void whatNoHonestNodeSaysIsNotRead() {
    byte[] sound = TALK.payload();
    for (int length : new int[] {0, 40, LeaseTalk.LENGTH - 1, LeaseTalk.LENGTH + 1}) {
      assertThat(read(Consents.MODULE_ID, 4, Arrays.copyOf(sound, length))).isNull();
    }
    for (int at : new int[] {0, 39, 40, 48}) {
      byte[] changed = sound.clone();
      changed[at] = (byte) 0xFF;
      assertThat(read(Consents.MODULE_ID, 4, changed)).as("byte %d", at).isNull();
    }
    byte[] capitals = sound.clone();
    System.arraycopy("A".repeat(40).getBytes(US_ASCII), 0, capitals, 0, 40);
    assertThat(read(Consents.MODULE_ID, 4, capitals)).isNull();
  }

  /** Sets that a plain hash of the bitmap takes for equal are among them. */
  @Test
  void otherSlotsHaveAnotherDigest() {
    Map<Long, SlotSet> known = new HashMap<>();
    var random = new SplittableRandom(1);
    var set = new SlotSet();
    for (int round = 0; round < 5_000; round++) {
      SlotSet before = known.putIfAbsent(LeaseTalk.digest(set), set.copy());
      assertThat(before == null || before.equals(set)).as("%s and %s", before, set).isTrue();
      int slot = random.nextInt(16_384 - 64);
      switch (round % 4) {
        case 0 -> set.addRange(slot, slot + 63);
        case 1 -> set.add(slot);
        case 2 -> set.remove(slot);
        default -> set.removeAll(SlotSet.range(slot & ~63, slot | 63));
      }
    }
    long none = LeaseTalk.digest(new SlotSet());
    assertThat(LeaseTalk.digest(SlotSet.all())).isNotEqualTo(none);
    assertThat(LeaseTalk.digest(SlotSet.of(0, 32))).isNotEqualTo(none);
    assertThat(LeaseTalk.digest(SlotSet.of(16_383)))
        .isNotEqualTo(LeaseTalk.digest(SlotSet.of(16_382)))
        .isEqualTo(LeaseTalk.digest(SlotSet.range(16_383, 16_383)));
  }
}
