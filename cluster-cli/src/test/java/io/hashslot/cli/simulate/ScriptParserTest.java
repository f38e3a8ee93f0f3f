package io.hashslot.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.cli.simulate.Step.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptParserTest {
  private static final Layout LAYOUT = Layout.of(3, 2, List.of("a", "b", "c"));

  private static List<Step> steps(String text) throws ScriptException {
    return ScriptParser.parse(text, LAYOUT).lines().stream().map(Script.Line::step).toList();
  }

  private static Target nodes(String... names) {
    return new Target(List.of(names), 0);
  }

  @Test
  void stepsShouldBeDividedBySemicolonsAndLines() throws Exception {
    assertThat(steps("kill zone a; wait 20s;; heal\n\n  wait 1.5s # a while\nstart zone a\n"))
        .containsExactly(
            new Step.Kill(nodes("p1", "r2b", "r3a")),
            new Step.Wait(20_000),
            new Step.Heal(),
            new Step.Wait(1_500),
            new Step.Start(nodes("p1", "r2b", "r3a")));
  }

  @Test
  void targetsShouldBeNodesShardsAndShares() throws Exception {
    assertThat(
            steps(
                "kill node 4; kill node r2b; kill primary 2; kill replica 3; kill shard 1; kill"
                    + " 33%"))
        .containsExactly(
            new Step.Kill(nodes("r1a")),
            new Step.Kill(nodes("r2b")),
            new Step.Kill(nodes("p2")),
            new Step.Kill(nodes("r3a", "r3b")),
            new Step.Kill(nodes("p1", "r1a", "r1b")),
            new Step.Kill(new Target(List.of(), 33)));
  }

  @Test
  void everyStepShouldBeRead() throws Exception {
    assertThat(
            steps(
                "poweroff node 1; pause node 3 500ms; isolate primary 1; partition a|b,c; join;"
                    + " join 5; failover replica 1; loss 2.5%; delay 1ms-20ms; delay 3ms"))
        .containsExactly(
            new Step.PowerOff(nodes("p1")),
            new Step.Pause(nodes("p3"), 500),
            new Step.Isolate(nodes("p1")),
            new Step.Partition(List.of(List.of("a"), List.of("b", "c"))),
            new Step.Join(1),
            new Step.Join(5),
            new Step.Failover(nodes("r1a", "r1b")),
            new Step.Loss(2.5),
            new Step.Delay(1_000, 20_000),
            new Step.Delay(3_000, 3_000));
  }

  @Test
  void aStepShouldKeepItsTextWithSingleBlanks() throws Exception {
    assertThat(ScriptParser.parse("  kill   zone\ta  ", LAYOUT).lines().getFirst().text())
        .isEqualTo("kill zone a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "explode zone a ! line 1, column 1: unknown word 'explode'; a step begins with wait, kill",
        "wait 1s; kill disk 3 ! line 1, column 15: unknown word 'disk'; expected zone, node,",
        "kill zone d ! line 1, column 11: no zone 'd'; there are a, b, c",
        "kill node x1 ! line 1, column 11: no node 'x1'; there are p1, p2, p3, r1a,",
        "kill node 10 ! line 1, column 11: '10' is no number from 1 to 9",
        "kill primary 4 ! line 1, column 14: '4' is no number from 1 to 3",
        "kill zone a b ! line 1, column 13: 'b' is one word too many",
        "kill ! line 1, column 5: expected whom: zone, node, primary",
        "pause node 1 ! line 1, column 13: expected a duration, such as 20s here",
        "wait 20 ! line 1, column 6: '20' is no duration; write 100ms, 20s or 2m",
        "kill 101% ! line 1, column 6: unknown word '101%'",
        "loss much ! line 1, column 6: 'much' is no percentage; write 2.5%",
        "delay 5ms-1ms ! line 1, column 7: '5ms-1ms' is no duration, nor two",
        "partition a ! line 1, column 11: a partition has at least two sides, divided by |",
        "partition a|z ! line 1, column 11: no zone 'z'; there are a, b, c"
      })
  void whatCannotBeReadShouldBeSaidWithItsPlace(String script, String message) {
    assertThatThrownBy(() -> steps(script))
        .isInstanceOf(ScriptException.class)
        .hasMessageStartingWith("[ERR] Script, " + message);
  }

  @Test
  void linesShouldBeCounted() {
    assertThatThrownBy(() -> steps("wait 1s\n# a remark; with a semicolon\n  heal; oops"))
        .hasMessageStartingWith("[ERR] Script, line 3, column 9: unknown word 'oops'");
  }

  @Test
  void zonesShouldBeAskedForIfThereAreNone() {
    assertThatThrownBy(() -> ScriptParser.parse("kill zone a", Layout.of(3, 1, List.of())))
        .hasMessage("[ERR] Script, line 1, column 11: there are no zones; name them with --zones");
    assertThatThrownBy(() -> ScriptParser.parse("kill replica 1", Layout.of(3, 0, List.of())))
        .hasMessage("[ERR] Script, line 1, column 14: shard 1 has no replica");
  }
}
