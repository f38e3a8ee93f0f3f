package io.hashslot.cli.simulate;

import io.hashslot.cli.simulate.Step.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads scripts. Steps are divided by semicolons or line ends, words by blanks; {@code #} begins a
 * remark that ends with the line.
 *
 * <pre>
 *  wait DURATION            kill TARGET              start TARGET
 *  pause TARGET DURATION    poweroff TARGET          isolate TARGET
 *  partition a|b,c          heal                     failover TARGET
 *  loss PERCENT             delay MIN[-MAX]          join [NUMBER]
 *
 *  TARGET:   zone a · node 3 · node r1a · primary 2 · replica 2 · shard 2 · 33%
 *  DURATION: 500us · 100ms · 20s · 2m
 * </pre>
 */
final class ScriptParser {
  private static final String STEPS =
      "wait, kill, poweroff, start, pause, isolate, partition, heal, join, failover, loss, delay";

  private static final String TARGETS = "zone, node, primary, replica, shard or a percentage";

  /** Where a word stands. */
  private record Word(String text, int line, int column) {}

  private final Layout layout;
  private List<Word> words = List.of();
  private int at;

  private ScriptParser(Layout layout) {
    this.layout = layout;
  }

  /**
   * Reads a script.
   *
   * @param layout what targets may name
   * @throws ScriptException if it cannot be read, or names what is not there
   */
  static Script parse(String text, Layout layout) throws ScriptException {
    var parser = new ScriptParser(layout);
    var lines = new ArrayList<Script.Line>();
    for (List<Word> step : split(text)) {
      lines.add(parser.line(step));
    }
    return new Script(lines);
  }

  private static List<List<Word>> split(String text) {
    var steps = new ArrayList<List<Word>>();
    List<Word> step = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int line = 0; line < lines.length; line++) {
      String code = lines[line].replaceFirst("#.*", "");
      for (int begin = 0; begin < code.length(); ) {
        char c = code.charAt(begin);
        if (c == ';') {
          steps.add(step);
          step = new ArrayList<>();
        }
        if (c == ';' || Character.isWhitespace(c)) {
          begin++;
          continue;
        }
        int end = begin;
        while (end < code.length() && code.charAt(end) != ';' && !blank(code, end)) {
          end++;
        }
        step.add(new Word(code.substring(begin, end), line + 1, begin + 1));
        begin = end;
      }
      steps.add(step);
      step = new ArrayList<>();
    }
    steps.removeIf(List::isEmpty);
    return steps;
  }

  private static boolean blank(String code, int at) {
    return Character.isWhitespace(code.charAt(at));
  }

  private Script.Line line(List<Word> stepWords) throws ScriptException {
    words = stepWords;
    at = 0;
    Step step = step(next("a step"));
    if (at < words.size()) {
      throw fault(words.get(at), "'" + words.get(at).text() + "' is one word too many");
    }
    return new Script.Line(step, words.stream().map(Word::text).collect(Collectors.joining(" ")));
  }

  private Step step(Word word) throws ScriptException {
    return switch (word.text()) {
      case "wait" -> new Step.Wait(durationMs());
      case "kill" -> new Step.Kill(target());
      case "poweroff" -> new Step.PowerOff(target());
      case "start" -> new Step.Start(target());
      case "pause" -> new Step.Pause(target(), durationMs());
      case "isolate" -> new Step.Isolate(target());
      case "partition" -> partition();
      case "heal" -> new Step.Heal();
      case "join" -> new Step.Join(at < words.size() ? number(next("a number"), 1000) : 1);
      case "failover" -> new Step.Failover(target());
      case "loss" -> new Step.Loss(percent());
      case "delay" -> delay();
      default ->
          throw fault(word, "unknown word '" + word.text() + "'; a step begins with " + STEPS);
    };
  }

  private Target target() throws ScriptException {
    Word kind = next("whom: " + TARGETS);
    Double percent = Measures.percent(kind.text());
    if (percent != null) {
      return new Target(List.of(), percent);
    }
    return switch (kind.text()) {
      case "zone" -> new Target(layout.inZone(zone(next("a zone"), null)), 0);
      case "node" -> new Target(List.of(node(next("a node"))), 0);
      case "primary" -> new Target(List.of("p" + shard()), 0);
      case "shard" -> new Target(layout.inShard(shard()), 0);
      case "replica" -> replica();
      default -> throw fault(kind, "unknown word '" + kind.text() + "'; expected " + TARGETS);
    };
  }

  private Target replica() throws ScriptException {
    Word word = next("the number of a shard");
    List<String> replicas = layout.replicasOf(number(word, layout.shards()));
    if (replicas.isEmpty()) {
      throw fault(word, "shard " + word.text() + " has no replica");
    }
    return new Target(replicas, 0);
  }

  private int shard() throws ScriptException {
    return number(next("the number of a shard"), layout.shards());
  }

  private String node(Word word) throws ScriptException {
    List<String> names = layout.names();
    if (names.contains(word.text())) {
      return word.text();
    }
    if (!Character.isDigit(word.text().charAt(0))) {
      throw fault(word, "no node '" + word.text() + "'; there are " + brief(names));
    }
    return names.get(number(word, names.size()) - 1);
  }

  /** A zone of the layout; {@code name} instead of the word's text if the word has several. */
  private String zone(Word word, @Nullable String name) throws ScriptException {
    String zone = name == null ? word.text() : name;
    List<String> zones = layout.zones();
    if (zones.isEmpty()) {
      throw fault(word, "there are no zones; name them with --zones");
    }
    if (!zones.contains(zone)) {
      throw fault(word, "no zone '" + zone + "'; there are " + brief(zones));
    }
    return zone;
  }

  private Step partition() throws ScriptException {
    Word word = next("zones, such as a|b,c");
    var sides = new ArrayList<List<String>>();
    for (String side : word.text().split("\\|", -1)) {
      var zones = new ArrayList<String>();
      for (String name : side.split(",", -1)) {
        zones.add(zone(word, name));
      }
      sides.add(zones);
    }
    if (sides.size() < 2) {
      throw fault(word, "a partition has at least two sides, divided by |");
    }
    return new Step.Partition(sides);
  }

  private Step delay() throws ScriptException {
    Word word = next("a duration or two, such as 1ms-5ms");
    long[] range = Measures.rangeUs(word.text());
    if (range == null) {
      throw fault(word, "'" + word.text() + "' is no duration, nor two such as 1ms-5ms");
    }
    return new Step.Delay(range[0], range[1]);
  }

  private long durationMs() throws ScriptException {
    Word word = next("a duration, such as 20s");
    Long us = Measures.durationUs(word.text());
    if (us == null) {
      throw fault(word, "'" + word.text() + "' is no duration; write 100ms, 20s or 2m");
    }
    return us / 1000;
  }

  private double percent() throws ScriptException {
    Word word = next("a percentage");
    Double percent = Measures.percent(word.text());
    if (percent == null) {
      throw fault(word, "'" + word.text() + "' is no percentage; write 2.5%");
    }
    return percent;
  }

  private int number(Word word, int highest) throws ScriptException {
    try {
      int number = Integer.parseInt(word.text());
      if (number >= 1 && number <= highest) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw fault(word, "'" + word.text() + "' is no number from 1 to " + highest);
  }

  private Word next(String what) throws ScriptException {
    if (at < words.size()) {
      return words.get(at++);
    }
    Word last = words.getLast();
    throw new ScriptException(
        last.line(), last.column() + last.text().length(), "expected " + what + " here");
  }

  private static String brief(List<String> names) {
    int shown = Math.min(names.size(), 12);
    return String.join(", ", names.subList(0, shown)) + (shown < names.size() ? ", …" : "");
  }

  private static ScriptException fault(Word word, String reason) {
    return new ScriptException(word.line(), word.column(), reason);
  }
}
