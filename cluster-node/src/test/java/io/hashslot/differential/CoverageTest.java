package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.config.Config;
import io.hashslot.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No command is forgotten: each is tested, and compared with the oracle, or it is said why not. */
class CoverageTest {
  private static final String TESTS = "cluster-node/src/test";

  @TempDir Path folder;

  private final Deviations deviations = Deviations.read();

  private CommandTable table() throws Exception {
    try (Node node =
        Node.start(Config.of("--port", "0", "--dir", folder.toString(), "--save", ""))) {
      return node.table();
    }
  }

  @Test
  void everyCommandHasAShapeInTheStreams() throws Exception {
    CommandTable table = table();
    Set<String> shaped =
        Streams.ALL.stream()
            .flatMap(group -> group.shapes().stream())
            .map(shape -> shape.command(word -> isContainer(table, word)))
            .collect(Collectors.toSet());
    assertThat(
            table.all().stream()
                .filter(row -> row.body() != null)
                .filter(row -> !shaped.contains(row.name().toUpperCase(Locale.ROOT)))
                .filter(row -> !deviations.excuse("stream", row)))
        .as("add shapes to the group's Streams, or say in deviations.txt why there are none")
        .isEmpty();
  }

  private static boolean isContainer(CommandTable table, String name) {
    CommandSpec row = table.find(name);
    return row != null && row.isContainer();
  }

  @Test
  void everyCommandHasATestOfItsNameOrIsComparedReplyByReply() throws Exception {
    CommandTable table = table();
    Path tests = Path.of(System.getProperty("hashslot.root", "..")).resolve(TESTS);
    Set<String> tested;
    try (Stream<Path> files = Files.walk(tests.resolve("java/io/hashslot/command"))) {
      tested = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
    Set<String> compared;
    try (Stream<String> requests = Files.lines(tests.resolve("resources/replies/server.txt"))) {
      compared = requests.map(line -> commandOf(table, line)).collect(Collectors.toSet());
    }
    assertThat(
            table.all().stream()
                .filter(row -> row.body() != null)
                .filter(row -> !tested.contains(testOf(row)) && !compared.contains(row.name()))
                .filter(row -> !deviations.excuse("test", row)))
        .as("add XyzTest for XYZ, or say in deviations.txt where it is tested")
        .isEmpty();
  }

  private static String commandOf(CommandTable table, String request) {
    String[] words = request.toLowerCase(Locale.ROOT).split(" ");
    return words.length > 1 && isContainer(table, words[0]) ? words[0] + "|" + words[1] : words[0];
  }

  private static String testOf(CommandSpec row) {
    return Arrays.stream(row.name().split("[|_-]"))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining())
        + "Test.java";
  }

  /** The figures that docs/testing.md gives. */
  @Test
  void streamsAreAsRichAsThePageOnTestsSays() throws Exception {
    CommandTable table = table();
    List<Shape> shapes = Streams.ALL.stream().flatMap(group -> group.shapes().stream()).toList();
    assertThat(shapes).hasSizeGreaterThan(440);
    assertThat(shapes.stream().map(shape -> shape.command(word -> isContainer(table, word))))
        .satisfies(names -> assertThat(Set.copyOf(names)).hasSizeGreaterThan(200));
  }

  @Test
  void deviationsSpeakOfCommandsThatExist() throws Exception {
    List<String> idle = deviations.idle(table().all());
    assertThat(idle).isEmpty();
  }
}
