package io.hashslot.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums and digits as INCRBYFLOAT of the C servers shows them. */
class LongDoubleTest {
  private static LongDouble number(String text) {
    return Objects.requireNonNull(LongDouble.parse(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.2, 0.3",
    "3, 1.000000000000000005, 4.00000000000000001",
    "5.0e3, 2.0e2, 5200",
    "0, 0x10, 16",
    "0, 0x1p3, 8",
    "0, -0.0, 0",
    "0, 1e-4940, 0",
    "1, .5, 1.5",
    "1, 5., 6",
    "18446744073709551615, 1, 18446744073709551616",
    "18446744073709551616, 1, 18446744073709551616",
  })
  void shouldAddWithSixtyFourBitsOfMantissa(String one, String other, String sum) {
    assertThat(number(one).plus(number(other))).hasToString(sum);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1 ", "x", "nan", "1e", "0x", ".", "--1", "1e5000", "1e-5000", "1,5"})
  void shouldRefuseWhatIsNoNumber(String text) {
    assertThat(LongDouble.parse(text)).isNull();
  }

  @Test
  void shouldKnowInfinity() {
    assertThat(number("-inf").finite()).isFalse();
    assertThat(number("1e4932").plus(number("1e4932")).finite()).isFalse();
    assertThat(number("1e4932").finite()).isTrue();
  }
}
