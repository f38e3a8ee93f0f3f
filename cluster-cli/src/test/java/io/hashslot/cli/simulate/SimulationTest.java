package io.hashslot.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.OurCli;
import io.hashslot.cli.RealServers.Printed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The whole way from the command line to the report. Nothing here depends on real time. */
class SimulationTest {
  private static Printed simulate(String... words) {
    var line = new ArrayList<>(List.of("--cluster", "simulate"));
    line.addAll(List.of(words));
    return OurCli.plain().run(line);
  }

  private static long number(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": (\\d+)").matcher(json);
    assertThat(matcher.find()).as(name + " in " + json).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void aKilledPrimaryShouldBeReplacedByItsReplica() {
    Printed printed =
        simulate("--script", "kill primary 2", "--node-timeout", "2000", "--seed", "3", "--json");
    assertThat(printed.status()).as(printed.text()).isZero();
    String json = printed.text();
    long suspected = number(json, "suspected_ms");
    long failed = number(json, "failed_ms");
    long served = number(json, "served_ms");
    assertThat(suspected).isBetween(1_000L, 4_500L);
    assertThat(failed).isBetween(suspected, 10_000L);
    assertThat(served).isBetween(failed, 20_000L);
    assertThat(number(json, "known_ms")).isGreaterThanOrEqualTo(failed);
    assertThat(number(json, "agreed_ms")).isGreaterThanOrEqualTo(served);
    assertThat(number(json, "slots_down")).isGreaterThanOrEqualTo(5_461);
  }

  @Test
  void theLastStepShouldBeLivedThroughAlthoughAnEarlierOneIsSettled() {
    Printed printed =
        simulate(
            "--cluster-primaries",
            "5",
            "--zones",
            "a,b,c",
            "--node-timeout",
            "1000",
            "--script",
            "kill primary 1; wait 20s; kill primary 2",
            "--json");
    assertThat(printed.status()).as(printed.text()).isZero();
    assertThat(printed.text()).doesNotContain("\"failed_ms\": null", "\"served_ms\": null");
  }

  @Test
  void aLostZoneShouldBeServedByTheOthers() {
    Printed printed =
        simulate(
            "--zones",
            "a,b,c",
            "--cluster-replicas",
            "2",
            "--node-timeout",
            "1000",
            "--script",
            "kill zone a; wait 10s; start zone a",
            "--json");
    assertThat(number(printed.text(), "served_ms")).isBetween(500L, 10_000L);
    assertThat(printed.text()).doesNotContain("\"agreed_ms\": null");
  }

  @Test
  void theSameSeedShouldGiveTheSameReport() {
    String[] words = {"--node-timeout", "1000", "--script", "kill 33%; wait 5s; start node p1"};
    assertThat(simulate(words).text()).isEqualTo(simulate(words).text());
  }

  @Test
  void aClusterWithoutReplicasShouldNotServeASlotAgainThatItLost() {
    Printed printed =
        simulate(
            "--cluster-replicas",
            "0",
            "--node-timeout",
            "1000",
            "--script",
            "kill node 1",
            "--json");
    assertThat(printed.text()).contains("\"served_ms\": null", "\"agreed_ms\": null");
  }

  @Test
  void aPartitionShouldBeHealed() {
    Printed printed =
        simulate(
            "--zones",
            "a,b,c",
            "--node-timeout",
            "1000",
            "--script",
            "partition a|b,c; wait 10s; heal",
            "--seeds",
            "2");
    assertThat(printed.status()).as(printed.text()).isZero();
    assertThat(printed.text())
        .contains("Histories  2, seeds 1 to 2")
        .containsPattern("10\\.00 .* heal\n");
  }

  @Test
  void aNewMachineShouldBecomeKnownToAll() {
    Printed printed = simulate("--node-timeout", "1000", "--script", "join 2", "--json");
    assertThat(number(printed.text(), "agreed_ms")).isBetween(10L, 10_000L);
    assertThat(printed.text()).contains("\"slots_down\": 0");
  }

  @Test
  void withoutAScriptOnlyTheTrafficShouldBeTold() {
    Printed printed = simulate("--node-timeout", "1000");
    assertThat(printed.status()).isZero();
    assertThat(printed.text())
        .contains("Every slot had a serving primary all the time", "before the first fault")
        .doesNotContain("What each fault led to");
  }

  @Test
  void mistakesShouldBeSaid() {
    expectError("[ERR] Script, line 1, column 1: unknown word 'explode'", "--script", "explode");
    expectError("[ERR] --node-timeout is a number from 100 to 3600000", "--node-timeout", "5");
    expectError("[ERR] --loss is a percentage, such as 0.5%", "--loss", "some");
    expectError("[ERR] --delay is a duration or two, such as 2ms or 1ms-5ms", "--delay", "5");
    expectError(
        "[ERR] Give either --script or --script-file", "--script", "x", "--script-file", "y");
    expectError("[ERR] No script file no/such/file", "--script-file", "no/such/file");
    expectError("[ERR] Script, line 1, column 11: no node 'zz'", "--script", "kill node zz");
    expectError(
        "[ERR] Script, line 1, column 11: no zone 'q'; there are a, b",
        "--zones",
        "a,b",
        "--script",
        "kill zone q");
    expectError("[ERR] More than 4000 nodes do not fit", "--cluster-primaries", "4000");
    expectError("[ERR] Invalid address: nowhere", "--from", "nowhere");
  }

  private static void expectError(String message, String... words) {
    Printed printed = simulate(words);
    assertThat(printed.status()).isEqualTo(1);
    assertThat(printed.text()).startsWith(message);
  }
}
