package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What other servers say in INFO replication of their place in a history. */
class PrimaryReportTest {
  private static final String ID = "a".repeat(40);

  private static PrimaryReport parse(String... lines) {
    return PrimaryReport.parse("# Replication\r\n" + String.join("\r\n", lines) + "\r\n");
  }

  @Test
  void aPrimarysDataHasNoAge() {
    assertThat(parse("role:master", "master_replid:" + ID, "master_repl_offset:17"))
        .isEqualTo(new PrimaryReport(ID, 17, 0));
  }

  @Test
  void aReplicaOfOursTellsTheAgeOfItsData() {
    assertThat(
            parse(
                "role:slave",
                "replica_staleness_ms:25",
                "master_replid:" + ID,
                "master_repl_offset:17"))
        .isEqualTo(new PrimaryReport(ID, 17, 25));
    assertThat(
            parse(
                    "role:slave",
                    "replica_staleness_ms:-1",
                    "master_link_status:up",
                    "master_last_io_seconds_ago:0",
                    "master_replid:" + ID,
                    "master_repl_offset:17")
                .ageMs())
        .isEqualTo(Freshness.UNKNOWN);
  }

  @Test
  void otherReplicasTellWhenTheyHeardOfTheirPrimary() {
    String[] up = {
      "role:slave",
      "master_link_status:up",
      "master_last_io_seconds_ago:2",
      "master_replid:" + ID,
      "master_repl_offset:17"
    };
    assertThat(parse(up).ageMs()).isEqualTo(3000);
    up[1] = "master_link_status:down";
    assertThat(parse(up).ageMs()).isEqualTo(Freshness.UNKNOWN);
  }

  @Test
  void whoTellsNoHistoryTellsNothing() {
    assertThat(parse("role:master", "master_repl_offset:17")).isNull();
    assertThat(parse("role:master", "master_replid:" + ID)).isNull();
    assertThat(PrimaryReport.parse("")).isNull();
  }
}
