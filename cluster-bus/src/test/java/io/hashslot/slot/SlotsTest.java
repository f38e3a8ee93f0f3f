package io.hashslot.slot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
  @Test
  void checksumHasTheKnownCheckValue() {
    byte[] digits = bytes("123456789");
    assertThat(Crc16.of(digits, 0, digits.length)).isEqualTo(0x31C3);
  }

  /** Values reported by CLUSTER KEYSLOT of redis-server 7.0.15. */
  @ParameterizedTest
  @CsvSource({
    "foo, 12182",
    "bar, 5061",
    "a, 15495",
    "{u1}ch, 4574",
    "somekey, 11058",
    "foo{hash_tag}, 2515",
    "'', 0"
  })
  void keysFallIntoTheSlotsRedisPutsThemIn(String key, int slot) {
    assertThat(Slots.of(bytes(key))).isEqualTo(slot);
    assertThat(nativeSlot(bytes(key))).isEqualTo(slot);
  }

  @ParameterizedTest
  @CsvSource({
    "{user1000}.following, user1000",
    "foo{{bar}}zap, {bar",
    "foo{bar}{zap}, bar",
    "}{tag}, tag",
    "{tag}, tag",
    "aaaaaaaa{tag}bbbbbbbbbbbb, tag",
    "aaaaaaaaaaaaaaaaaaa{a-very-long-tag-of-26-bytes}b, a-very-long-tag-of-26-bytes"
  })
  void onlyTheHashTagCounts(String key, String tag) {
    assertThat(Slots.of(bytes(key))).isEqualTo(Slots.of(bytes(tag)));
    assertThat(nativeSlot(bytes(key))).isEqualTo(Slots.of(bytes(tag)));
  }

  @ParameterizedTest
  @CsvSource({"foo{}{bar}", "foo{bar", "foo}bar{", "{}", "{", "12345678{", "12345678{}{tag}"})
  void withoutAProperTagTheWholeKeyCounts(String key) {
    int whole = Crc16.of(bytes(key), 0, key.length()) & 16383;
    assertThat(Slots.of(bytes(key))).isEqualTo(whole);
    assertThat(nativeSlot(bytes(key))).isEqualTo(whole);
  }

  @Test
  void aPartOfAnArrayHashesLikeTheSameBytesAlone() {
    assertThat(Slots.of(bytes("xx{u1}chyy"), 2, 6)).isEqualTo(4574);
  }

  @Property
  void heapNativeAndBitByBitAgree(@ForAll("keys") byte[] key) {
    int expected = bitByBit(taggedPart(key)) & 16383;
    assertThat(Slots.of(key)).isEqualTo(expected);
    assertThat(nativeSlot(key)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<byte[]> keys() {
    Arbitrary<Byte> letters =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.bytes()),
            net.jqwik.api.Tuple.of(1, Arbitraries.of((byte) '{', (byte) '}', (byte) '|')));
    return letters.array(byte[].class).ofMinSize(0).ofMaxSize(70);
  }

  /** The rule of the hash tag once more, on text. */
  private static byte[] taggedPart(byte[] key) {
    String text = new String(key, ISO_8859_1);
    int opening = text.indexOf('{');
    int closing = opening < 0 ? -1 : text.indexOf('}', opening);
    return closing > opening + 1 ? bytes(text.substring(opening + 1, closing)) : key;
  }

  private static int bitByBit(byte[] bytes) {
    int crc = 0;
    for (byte next : bytes) {
      for (int bit = 7; bit >= 0; bit--) {
        boolean carry = (crc >>> 15 & 1) != (next >>> bit & 1);
        crc = (crc << 1 & 0xFFFF) ^ (carry ? 0x1021 : 0);
      }
    }
    return crc;
  }

  /**
   * In a block of exactly the key's length, so that a read beyond it has a chance to be noticed.
   */
  private static int nativeSlot(byte[] key) {
    long address = UnsafeApi.allocateMemory(Math.max(1, key.length));
    try {
      for (int at = 0; at < key.length; at++) {
        UnsafeApi.putByte(address + at, key[at]);
      }
      return Slots.of(address, key.length);
    } finally {
      UnsafeApi.freeMemory(address);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
