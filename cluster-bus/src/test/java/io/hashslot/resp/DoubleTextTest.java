package io.hashslot.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleTextTest {
  private static final long NATIVE = UnsafeApi.allocateMemory(4096);

  /** What Valkey 8.0.1 replies to ZSCORE for these scores. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-1, -1",
    "1e7, 10000000",
    "1e17, 100000000000000000",
    "9007199254740993, 9007199254740992",
    "9223372036854775807, 9223372036854776000",
    "1234567890123456789, 1234567890123456768",
    "-4611686018427387904, -4611686018427387904",
    "1e19, 1e+19",
    "1e300, 1e+300",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "0.1, 0.1",
    ".5, 0.5",
    "5., 5",
    "+5, 5",
    "0.00001, 0.00001",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "1.5e-10, 1.5e-10",
    "0.000123456, 1.23456e-4",
    "123456.789e-10, 1.23456789e-5",
    "3.14159265358979, 3.14159265358979",
    "12345678.123456789, 1.234567812345679e+7",
    "0.30000000000000004, 0.30000000000000004",
    "5e-324, 5e-324",
    "1e-323, 1e-323",
    "2e23, 2e+23",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "inf, inf",
    "-Infinity, -inf",
    "0x10, 16",
    "0x1p-3, 0.125",
    "-0x1.8p1, -3"
  })
  void readsAndWritesAsValkeyDoes(String given, String shown) {
    double value = parse(given);
    assertThat(DoubleText.text(value)).isEqualTo(shown);
    assertThat(written(value)).isEqualTo(shown);
  }

  /** What the fingerprints of sorted sets are made of in Valkey 8.0.1. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "3, 3",
    "100, 100",
    "1e17, 1e+17",
    "0.1, 0.1",
    "-2.5e-9, -2.5e-9",
    "Infinity, inf"
  })
  void theShortestTextHasExponents(double value, String shown) {
    assertThat(DoubleText.shortestText(value)).isEqualTo(shown);
  }

  /** What Valkey 8.0.1 replies to ZSCAN for large sets. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.10000000000000001",
    "1.5, 1.5",
    "3, 3",
    "-1e-7, -9.9999999999999995e-08",
    "12345678.123456789, 12345678.123456789",
    "1e17, 1e+17",
    "123456789012345678, 1.2345678901234568e+17",
    "1e300, 1.0000000000000001e+300",
    "5e-324, 4.9406564584124654e-324",
    "inf, inf"
  })
  void writesSeventeenDigitsWhereScansDo(String given, String shown) {
    assertThat(DoubleText.textOf17Digits(parse(given))).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 5", "5 ", "x", "nan", "1e400", "-1e5000", "1e-400", "1e", "--1", ".", "1d"})
  void refusesWhatIsNoNumberOrOutOfReach(String given) {
    assertThat(parse(given)).isNaN();
  }

  @Test
  void boundsAreReadMoreLeniently() {
    assertThat(parseBound("")).isZero();
    assertThat(parseBound(" 5")).isEqualTo(5);
    assertThat(parseBound("1e400")).isInfinite();
    assertThat(parseBound("-1e400")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parseBound("-inf")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parseBound("1e-400")).isZero();
    assertThat(parseBound("5 ")).isNaN();
    assertThat(parseBound("nan")).isNaN();
  }

  @Test
  void negativeZeroKeepsItsSign() {
    assertThat(written(-0.0)).isEqualTo("-0");
    assertThat(1 / parse("-0")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(1 / parse("-0e5")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void whatIsWrittenReadsBackAsTheSameNumber() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      double value =
          switch (i % 3) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt() / 1000.0;
            default -> (double) random.nextLong();
          };
      if (Double.isNaN(value)) {
        continue;
      }
      String text = written(value);
      assertThat(text.length()).isLessThanOrEqualTo(DoubleText.LONGEST);
      assertThat(parse(text)).as("seed %s, %s", seed, text).isEqualTo(value);
    }
  }

  private static String written(double value) {
    int length = DoubleText.write(NATIVE, value);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = UnsafeApi.getByte(NATIVE + i);
    }
    return new String(bytes, ISO_8859_1);
  }

  private static int put(String text) {
    for (int i = 0; i < text.length(); i++) {
      UnsafeApi.putByte(NATIVE + i, (byte) text.charAt(i));
    }
    return text.length();
  }

  private static double parse(String text) {
    return DoubleText.parse(NATIVE, put(text));
  }

  private static double parseBound(String text) {
    return DoubleText.parseBound(NATIVE, put(text));
  }
}
