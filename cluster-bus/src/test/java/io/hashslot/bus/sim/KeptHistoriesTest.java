package io.hashslot.bus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories that once broke a rule, or show what one is good for, must not break any. {@code
 * -Dsim.script=FILE} plays another one.
 */
class KeptHistoriesTest {
  static List<Path> scripts() throws IOException, URISyntaxException {
    String only = System.getProperty("sim.script");
    if (only != null) return List.of(Path.of(only));
    Path folder =
        Path.of(Objects.requireNonNull(KeptHistoriesTest.class.getResource("/histories")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void historyThatBrokeARuleBreaksNoneNow(Path file) throws IOException {
    Replay.expectSound(file.getFileName().toString(), Script.parse(Files.readString(file)));
  }

  @Test
  void scriptIsReadAsItIsWritten() {
    Script script =
        Script.parse(
            """
            # a comment
            cluster 5 2
            zones a b
            timeout 1000
            seed 9
            formed
            lasts 100

            10 flap p1 p2 3 40
            20 heal
            """);
    assertThat(script.topology()).isEqualTo(new Topology(5, 2, List.of("a", "b"), 1000));
    assertThat(script.steps())
        .containsExactly(new Step(10, Fault.FLAP, "p1 p2 3 40"), new Step(20, Fault.HEAL, ""));
    assertThat(Script.parse(script.toString())).isEqualTo(script);
  }
}
