package io.hashslot.bus.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The frames captured between real servers, and the tables in their README that describe them. */
public final class CapturedFrames {
  private static final String FOLDER = "/frames/";

  private CapturedFrames() {}

  /** The names of all frames: the first cells of the two tables of whole frames. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    table("Headers").forEach(row -> names.add(row.getFirst()));
    table("Light frames").forEach(row -> names.add(row.getFirst()));
    return names;
  }

  /** The bytes of a frame. */
  static byte[] bytes(String name) {
    return HexFormat.of().parseHex(read(name + ".hex").replaceAll("\\s", ""));
  }

  /** The rows of the table under a heading, without its head; cells are stripped of back ticks. */
  static List<List<String>> table(String heading) {
    String readme = read("README.md");
    String section = readme.substring(readme.indexOf("\n## " + heading + "\n") + 1);
    int end = section.indexOf("\n## ", 3);
    return section
        .substring(0, end < 0 ? section.length() : end)
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(CapturedFrames::cells)
        .toList();
  }

  /** The rows of a table that belong to a frame. */
  static List<List<String>> rows(String heading, String name) {
    return table(heading).stream().filter(row -> row.getFirst().equals(name)).toList();
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|"))
        .map(cell -> cell.strip().replace("`", ""))
        .toList();
  }

  private static String read(String file) {
    try (InputStream in = CapturedFrames.class.getResourceAsStream(FOLDER + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
