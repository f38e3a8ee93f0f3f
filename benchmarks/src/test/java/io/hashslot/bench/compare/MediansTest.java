package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {

  @Test
  void shouldTakeTheMiddleOfAnOddNumberInWhateverOrder() {
    assertThat(Medians.of(List.of(9.0, 1.0, 4.0))).isEqualTo(4.0);
    assertThat(Medians.of(List.of(7.0))).isEqualTo(7.0);
  }

  @Test
  void shouldTakeTheMeanOfTheTwoMiddleOnesOfAnEvenNumber() {
    assertThat(Medians.of(List.of(8.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
  }

  @Test
  void shouldTakeRatiosRoundByRound() {
    // The second round was slow for both: the ratio of the medians would be 10/20, the median of
    // ratios is not moved.
    List<Double> ours = List.of(10.0, 100.0, 8.0);
    List<Double> theirs = List.of(20.0, 200.0, 32.0);

    assertThat(Medians.ofRatios(ours, theirs)).isEqualTo(0.5);
    assertThat(Medians.ofRatios(List.of(1.0, 100.0), List.of(2.0, 100.0))).isEqualTo(0.75);
  }

  @Test
  void shouldRefuseNothingAndUnequalRounds() {
    assertThatThrownBy(() -> Medians.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Medians.ofRatios(List.of(1.0), List.of(1.0, 2.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
