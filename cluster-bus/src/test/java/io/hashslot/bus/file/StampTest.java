package io.hashslot.bus.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StampTest {
  private static final String TEXT = NodesText.format(DurableStates.full());

  @Test
  void aStampedTextHasTheWantedLengthAndTellsItsNumber() {
    int length = Stamp.maxLength(TEXT) + 700;
    byte[] bytes = Stamp.on(TEXT, 77, length);
    assertThat(bytes).hasSize(length);
    assertThat(Stamp.of(bytes)).isEqualTo(new Stamp(77, true));
  }

  @Test
  void theLongestNumberFitsIntoTheMaximalLength() {
    int length = Stamp.maxLength(TEXT);
    assertThat(Stamp.on(TEXT, Long.MAX_VALUE, length)).hasSize(length);
  }

  @Test
  void aStampedTextIsReadAsWithoutIt() throws Exception {
    byte[] bytes = Stamp.on(TEXT, 1, 4096);
    assertThat(NodesText.parse(new String(bytes, US_ASCII), false)).isEqualTo(DurableStates.full());
  }

  @Test
  void anyOtherByteIsNoticed() {
    byte[] bytes = Stamp.on(TEXT, 5, Stamp.maxLength(TEXT));
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      Stamp stamp = Stamp.of(bytes);
      assertThat(stamp == null || !stamp.whole()).as("byte %d", i).isTrue();
      bytes[i] ^= 1;
    }
  }

  @Test
  void textsOfOthersHaveNone() {
    assertThat(Stamp.of(TEXT.getBytes(US_ASCII))).isNull();
    assertThat(Stamp.of(new byte[0])).isNull();
  }
}
