package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTest {

  private record Run(double seconds, double bytes) {}

  private static final List<Figure<Run>> FIGURES =
      List.of(new Figure<>("s", 1, Run::seconds), new Figure<>("B", 0, Run::bytes));

  private final Map<String, List<Run>> runs = new LinkedHashMap<>();

  @Test
  void shouldShowMediansOfEachInTheOrderGiven() {
    runs.put("ours", List.of(new Run(1, 10), new Run(3, 30), new Run(2, 20)));
    runs.put("redis", List.of(new Run(4, 1), new Run(4, 1), new Run(5, 1)));

    assertThat(Figure.medians("server", FIGURES, runs).toString())
        .isEqualTo(
            """
            | server |   s |  B |
            |:-------|----:|---:|
            | ours   | 2.0 | 20 |
            | redis  | 4.0 |  1 |
            """);
  }

  @Test
  void shouldDivideRoundByRoundAndShowADashWhereThereIsNothingToDivideBy() {
    runs.put("ours", List.of(new Run(1, 10), new Run(8, 30)));
    runs.put("redis", List.of(new Run(2, 0), new Run(4, 0)));

    assertThat(Figure.ratios(FIGURES, runs).toString())
        .isEqualTo(
            """
            | to    |     s |  B |
            |:------|------:|---:|
            | redis | x1.25 |  - |
            """);
  }
}
