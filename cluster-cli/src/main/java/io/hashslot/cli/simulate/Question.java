package io.hashslot.cli.simulate;

import io.hashslot.cli.Arguments;
import io.hashslot.cli.Option;
import io.hashslot.cli.UsageException;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants to know.
 *
 * @param layout the nodes
 * @param nodeTimeoutMs {@code cluster-node-timeout}
 * @param pingIntervalMs {@code cluster-ping-interval}; 0 = half the node timeout
 * @param minDelayUs shortest way of a message in microseconds
 * @param maxDelayUs longest way of a message
 * @param lossPercent how many of a hundred messages are lost
 * @param script what happens
 * @param firstSeed seed of the first history
 * @param histories how many are lived through
 */
record Question(
    Layout layout,
    long nodeTimeoutMs,
    long pingIntervalMs,
    long minDelayUs,
    long maxDelayUs,
    double lossPercent,
    Script script,
    long firstSeed,
    int histories) {
  private static final int MOST_NODES = 4_000;
  private static final int MOST_REPLICAS = 26;
  private static final int MOST_HISTORIES = 10_000;

  /**
   * Reads the command line.
   *
   * @param live the layout of a live cluster; null to make one of the options
   * @throws UsageException if the options make no sense
   */
  static Question of(Arguments arguments, @Nullable Layout live)
      throws UsageException, IOException {
    Layout layout = live == null ? layout(arguments) : live;
    if (layout.shards() == 0) {
      throw new UsageException("[ERR] That cluster has no primary with slots");
    }
    long[] delay = Measures.rangeUs(or(arguments.text(Option.DELAY), "0.1ms-1ms"));
    if (delay == null) {
      throw new UsageException("[ERR] --delay is a duration or two, such as 2ms or 1ms-5ms");
    }
    Double loss = Measures.percent(or(arguments.text(Option.LOSS), "0%"));
    if (loss == null) {
      throw new UsageException("[ERR] --loss is a percentage, such as 0.5%");
    }
    try {
      return new Question(
          layout,
          number(arguments, Option.NODE_TIMEOUT, 15_000, 100, 3_600_000),
          number(arguments, Option.PING_INTERVAL, 0, 0, 3_600_000),
          delay[0],
          delay[1],
          loss,
          ScriptParser.parse(scriptText(arguments), layout),
          number(arguments, Option.SEED, 1, 0, Long.MAX_VALUE),
          (int) number(arguments, Option.SEEDS, 1, 1, MOST_HISTORIES));
    } catch (ScriptException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Layout layout(Arguments arguments) throws UsageException {
    int primaries = (int) number(arguments, Option.CLUSTER_PRIMARIES, 3, 1, MOST_NODES);
    int replicas = (int) number(arguments, Option.CLUSTER_REPLICAS, 1, 0, MOST_REPLICAS);
    if (primaries > Slots.COUNT || primaries * (1 + replicas) > MOST_NODES) {
      throw new UsageException("[ERR] More than " + MOST_NODES + " nodes do not fit");
    }
    String zones = or(arguments.text(Option.ZONES), "");
    return Layout.of(
        primaries, replicas, zones.isEmpty() ? List.of() : Arrays.asList(zones.split(",", -1)));
  }

  private static String scriptText(Arguments arguments) throws UsageException, IOException {
    String text = arguments.text(Option.SCRIPT);
    String file = arguments.text(Option.SCRIPT_FILE);
    if (text != null && file != null) {
      throw new UsageException("[ERR] Give either --script or --script-file");
    }
    if (file != null) {
      try {
        return Files.readString(Path.of(file), StandardCharsets.UTF_8);
      } catch (NoSuchFileException _) {
        throw new UsageException("[ERR] No script file " + file);
      } catch (CharacterCodingException _) {
        throw new UsageException("[ERR] Script file " + file + " is no text in UTF-8");
      }
    }
    return or(text, "");
  }

  private static long number(
      Arguments arguments, Option option, long otherwise, long lowest, long highest)
      throws UsageException {
    long number = arguments.number(option, otherwise);
    if (number < lowest || number > highest) {
      throw new UsageException(
          "[ERR] " + option.text() + " is a number from " + lowest + " to " + highest);
    }
    return number;
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
