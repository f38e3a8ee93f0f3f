package io.hashslot.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One column of a comparison's tables.
 *
 * @param <R> what a single measurement has found
 * @param title of the column, with its unit
 * @param decimals places shown
 * @param value the figure of one measurement
 */
record Figure<R>(String title, int decimals, ToDoubleFunction<R> value) {

  /**
   * Returns a table of medians: a row for each name.
   *
   * @param what the names are
   * @param runs by name, in the order of the rows; in each list one of each round, in their order
   */
  static <R> MarkdownTable medians(
      String what, List<Figure<R>> figures, Map<String, List<R>> runs) {
    MarkdownTable table = new MarkdownTable(header(what, figures));
    runs.forEach(
        (name, its) -> {
          List<String> row = new ArrayList<>(List.of(name));
          for (Figure<R> figure : figures) {
            row.add(Results.number(Medians.of(figure.all(its)), figure.decimals));
          }
          table.add(row.toArray(String[]::new));
        });
    return table;
  }

  /** Returns both tables, {@link #medians} and {@link #ratios}, with what tells them apart. */
  static <R> String tables(String what, List<Figure<R>> figures, Map<String, List<R>> runs) {
    return medians(what, figures, runs)
        + "\nMedians of the per-round ratios of "
        + runs.keySet().iterator().next()
        + " to the others.\n\n"
        + ratios(figures, runs);
  }

  /** Returns a table of the medians of per-round ratios of the first name to each other one. */
  static <R> MarkdownTable ratios(List<Figure<R>> figures, Map<String, List<R>> runs) {
    MarkdownTable table = new MarkdownTable(header("to", figures));
    List<R> first = runs.values().iterator().next();
    runs.entrySet().stream()
        .skip(1)
        .forEach(other -> table.add(ratioRow(other.getKey(), figures, first, other.getValue())));
    return table;
  }

  /** Returns a row of medians of per-round ratios; a dash where there is nothing to divide by. */
  static <R> String[] ratioRow(String name, List<Figure<R>> figures, List<R> ours, List<R> theirs) {
    List<String> row = new ArrayList<>(List.of(name));
    for (Figure<R> figure : figures) {
      double ratio = Medians.ofRatios(figure.all(ours), figure.all(theirs));
      row.add(Double.isFinite(ratio) ? "x" + Results.number(ratio, 2) : "-");
    }
    return row.toArray(String[]::new);
  }

  private static <R> String[] header(String what, List<Figure<R>> figures) {
    List<String> titles = new ArrayList<>(List.of(what));
    figures.forEach(figure -> titles.add(figure.title));
    return titles.toArray(String[]::new);
  }

  private List<Double> all(List<R> runs) {
    return runs.stream().map(run -> value.applyAsDouble(run)).toList();
  }
}
