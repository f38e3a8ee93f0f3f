package io.hashslot.config;

import java.util.List;
import java.util.stream.Collectors;

/** Directives that are a list of words: addresses, percentiles, scores. */
final class WordList {
  private static final int MAX_ADDRESSES = 16;

  private WordList() {}

  /** The grammar of {@code bind}: up to 16 addresses; a minus in front makes one optional. */
  static final class Addresses implements Structured.Form<List<String>> {
    @Override
    public String kind() {
      return "up to 16 addresses";
    }

    @Override
    public List<String> parse(List<String> words, List<String> current, boolean adding)
        throws InvalidValueException {
      if (words.size() > MAX_ADDRESSES) {
        throw new InvalidValueException("Too many bind addresses specified.");
      }
      return words.size() == 1 && words.getFirst().isEmpty() ? List.of() : List.copyOf(words);
    }

    @Override
    public String format(List<String> addresses) {
      return String.join(" ", addresses);
    }

    @Override
    public List<Directive.RewriteLine> lines(List<String> addresses, List<String> defaultValue) {
      if (addresses.equals(defaultValue)) return List.of();
      String text = addresses.isEmpty() ? "\"\"" : format(addresses);
      return List.of(new Directive.RewriteLine(text, true));
    }
  }

  /** The grammar of {@code latency-tracking-info-percentiles}: any number of 0 to 100. */
  static final class Percentiles implements Structured.Form<List<Double>> {
    @Override
    public String kind() {
      return "numbers from 0 to 100";
    }

    @Override
    public List<Double> parse(List<String> words, List<Double> current, boolean adding)
        throws InvalidValueException {
      if (words.size() == 1 && words.getFirst().isEmpty()) return List.of();
      List<Double> percentiles = words.stream().map(Percentiles::number).toList();
      if (percentiles.contains(Double.NaN)) {
        throw new InvalidValueException("Invalid latency-tracking-info-percentiles parameters");
      }
      if (percentiles.stream().anyMatch(p -> p < 0 || p > 100)) {
        throw new InvalidValueException(
            "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]");
      }
      return percentiles;
    }

    private static double number(String word) {
      try {
        return Double.parseDouble(word);
      } catch (NumberFormatException _) {
        return Double.NaN;
      }
    }

    @Override
    public String format(List<Double> percentiles) {
      return percentiles.stream().map(Percentiles::text).collect(Collectors.joining(" "));
    }

    /** At most six decimals, none that are zero at the end. */
    private static String text(double percentile) {
      String text = "%.6f".formatted(percentile);
      return text.replaceFirst("\\.?0+$", "");
    }

    @Override
    public List<Directive.RewriteLine> lines(List<Double> percentiles, List<Double> defaultValue) {
      String text = percentiles.isEmpty() ? "\"\"" : format(percentiles);
      return List.of(new Directive.RewriteLine(text, !percentiles.equals(defaultValue)));
    }
  }

  /** The grammar of {@code oom-score-adj-values}: three scores from -2000 to 2000. */
  static final class Scores implements Structured.Form<List<Integer>> {
    @Override
    public String kind() {
      return "three numbers from -2000 to 2000";
    }

    @Override
    public List<Integer> parse(List<String> words, List<Integer> current, boolean adding)
        throws InvalidValueException {
      if (words.size() != 3) throw new InvalidValueException("wrong number of arguments");
      if (!words.stream().allMatch(word -> word.matches("-?[0-9]{1,4}"))) throw outOfRange();
      List<Integer> scores = words.stream().map(Integer::valueOf).toList();
      if (scores.stream().anyMatch(score -> score < -2000 || score > 2000)) throw outOfRange();
      return scores;
    }

    private static InvalidValueException outOfRange() {
      return new InvalidValueException(
          "Invalid oom-score-adj-values, elements must be between -2000 and 2000.");
    }

    @Override
    public String format(List<Integer> scores) {
      return scores.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
  }
}
