package io.hashslot.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One condition of {@code save}: write a snapshot once so many changes were made and so much time
 * has passed.
 *
 * @param seconds at least so long since the last snapshot; 1 or more
 * @param changes at least so many changes; 0 or more
 */
public record SavePoint(long seconds, int changes) {
  /** The grammar of {@code save}: pairs of seconds and changes; an empty word means never. */
  static final class Form implements Structured.Form<List<SavePoint>> {
    @Override
    public String kind() {
      return "pairs of seconds and changes, or \"\"";
    }

    @Override
    public List<SavePoint> parse(List<String> words, List<SavePoint> current, boolean adding)
        throws InvalidValueException {
      if (words.size() == 1 && words.getFirst().isEmpty()) return List.of();
      if (words.size() % 2 != 0) throw invalid();
      List<SavePoint> points = new ArrayList<>(adding ? current : List.of());
      for (int i = 0; i < words.size(); i += 2) {
        try {
          var point =
              new SavePoint(Long.parseLong(words.get(i)), Integer.parseInt(words.get(i + 1)));
          if (point.seconds < 1 || point.changes < 0) throw invalid();
          points.add(point);
        } catch (NumberFormatException _) {
          throw invalid();
        }
      }
      return List.copyOf(points);
    }

    private static InvalidValueException invalid() {
      return new InvalidValueException("Invalid save parameters");
    }

    @Override
    public String format(List<SavePoint> points) {
      return points.stream()
          .map(point -> point.seconds + " " + point.changes)
          .collect(Collectors.joining(" "));
    }

    @Override
    public List<Directive.RewriteLine> lines(List<SavePoint> points, List<SavePoint> defaultValue) {
      String text = points.isEmpty() ? "\"\"" : format(points);
      return List.of(new Directive.RewriteLine(text, !points.equals(defaultValue)));
    }
  }
}
