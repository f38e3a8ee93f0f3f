package io.hashslot.command.hyperloglog;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PfdebugTest extends CommandTest {
  @Test
  void shouldShowRunsAndForms() {
    run("PFADD", "h");
    run("PFDEBUG", "ENCODING", "h").replies("+sparse").propagatesNothing();
    run("PFDEBUG", "DECODE", "h").repliesBulk("Z:16384");
    run("PFDEBUG", "TODENSE", "h").replies(":1").propagates("PFDEBUG TODENSE h");
    run("PFDEBUG", "TODENSE", "h").replies(":0").propagatesNothing();
    run("PFDEBUG", "ENCODING", "h").replies("+dense");
    run("PFDEBUG", "DECODE", "h").replies("-ERR HLL encoding is not sparse");
  }

  /** As text they are four times as long; they must not stand in the heap. */
  @Test
  void shouldShowMillionsOfRuns() {
    run("PFADD", "h");
    run("SETBIT", "h", "" + (8 * 1_000_018 - 1), "0").replies(":0");
    assertThat(run("PFDEBUG", "DECODE", "h").reply())
        .startsWith("$4000007\r\nZ:16384 z:1 z:1 ")
        .endsWith(" z:1 z:1\r\n");
  }

  @Test
  void shouldShowRegisters() {
    run("PFADD", "h", "a");
    String reply = run("PFDEBUG", "GETREG", "h").propagates("PFDEBUG GETREG h").reply();
    assertThat(reply).startsWith("*16384\r\n");
    assertThat(reply.split("\r\n")).filteredOn(":0"::equals).hasSize(16383);
    run("PFDEBUG", "GETREG", "h").propagatesNothing();
  }

  @Test
  void shouldRefuseBadRequests() {
    run("PFDEBUG", "GETREG", "none").replies("-ERR The specified key does not exist");
    run("PFADD", "h", "a");
    run("PFDEBUG", "what", "h").replies("-ERR Unknown PFDEBUG subcommand 'what'");
    run("SET", "k", "v");
    run("PFDEBUG", "DECODE", "k").fails("WRONGTYPE Key is not a valid HyperLogLog");
  }
}
