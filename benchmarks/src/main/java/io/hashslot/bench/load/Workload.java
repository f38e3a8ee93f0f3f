package io.hashslot.bench.load;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which operations a run sends, and which numbers (of keys, fields, …) it takes.
 *
 * @param name as given on the command line
 * @param first what {@code firstPercent} of the operations are
 * @param second what the others are
 * @param firstPercent 0 to 100
 * @param sequential whether each number is taken once, in order, and the run ends after the last
 *     one; otherwise numbers are drawn uniformly until the time is over
 */
record Workload(
    String name, RequestKind first, RequestKind second, int firstPercent, boolean sequential) {

  private static final String PRELOAD = "preload";

  /**
   * Reads a workload's name; {@link Names} has all.
   *
   * @throws IllegalArgumentException if there is no such workload
   */
  static Workload parse(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    RequestKind kind = kind(lower);
    if (kind != null) {
      return new Workload(lower, kind, kind, 100, false);
    }
    if (lower.equals(PRELOAD)) {
      return preload(lower, RequestKind.SET);
    }
    RequestKind preloaded =
        lower.startsWith(PRELOAD + ":") ? kind(lower.substring(PRELOAD.length() + 1)) : null;
    return preloaded != null ? preload(lower, preloaded) : mixed(lower);
  }

  /** The names there are, for help and error texts. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> names = new ArrayList<>();
      for (RequestKind kind : RequestKind.values()) {
        names.add(kind.workload());
      }
      names.addAll(List.of("mixed:PERCENT-OF-GETS", "preload", "preload:NAME"));
      return names.iterator();
    }

    @Override
    public String toString() {
      return String.join(", ", this);
    }
  }

  private static @Nullable RequestKind kind(String name) {
    for (RequestKind kind : RequestKind.values()) {
      if (kind.workload().equals(name)) {
        return kind;
      }
    }
    return null;
  }

  private static Workload preload(String name, RequestKind kind) {
    return new Workload(name, kind, kind, 100, true);
  }

  private static Workload mixed(String name) {
    String percent = name.startsWith("mixed:") ? name.substring("mixed:".length()) : "";
    if (!percent.matches("\\d{1,3}") || Integer.parseInt(percent) > 100) {
      throw new IllegalArgumentException(
          "unknown workload '" + name + "', expected one of " + new Names());
    }
    return new Workload(name, RequestKind.GET, RequestKind.SET, Integer.parseInt(percent), false);
  }

  /** The workload that has to run before this one, so that it finds something. */
  Workload preload() {
    RequestKind filler = first.filler();
    return preload(PRELOAD + ":" + filler.workload(), filler);
  }

  /** Returns what to send for a draw of 0 to 99. */
  RequestKind pick(int percentDraw) {
    return percentDraw < firstPercent ? first : second;
  }

  /** Returns whether all operations are of one kind. */
  boolean uniform() {
    return first == second;
  }
}
