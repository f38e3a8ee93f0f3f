package io.hashslot.command.hyperloglog;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PfcountTest extends CommandTest {
  @Test
  void shouldKeepTheCountUntilItChanges() {
    run("PFCOUNT", "h").replies(":0").propagatesNothing().fires("keymiss:h");
    run("PFADD", "h", "a", "b", "c");
    run("PFCOUNT", "h").replies(":3").propagates("PFCOUNT h").firesNothing();
    run("PFCOUNT", "h").replies(":3").propagatesNothing();
    run("PFADD", "h", "d");
    run("PFCOUNT", "h").replies(":4").propagates("PFCOUNT h");
  }

  @Test
  void shouldCountUnions() {
    run("PFADD", "h", "a", "b", "c");
    run("PFADD", "i", "b", "c", "d");
    run("PFCOUNT", "h", "none", "i").replies(":4").propagatesNothing();
    run("PFCOUNT", "none", "h").replies(":3").propagatesNothing();
  }

  @Test
  void shouldNotWriteForClientsOfAReplica() {
    run("PFADD", "h", "a");
    kit.state().replica(true);
    run("PFCOUNT", "h").replies(":1").propagatesNothing();
    kit.state().replica(false);
    run("PFCOUNT", "h").propagates("PFCOUNT h");
  }

  @Test
  void shouldRefuseOtherStrings() {
    run("PFADD", "h", "a");
    run("SET", "k", "v");
    run("PFCOUNT", "k").replies("-WRONGTYPE Key is not a valid HyperLogLog string value.");
    run("PFCOUNT", "h", "k").replies("-WRONGTYPE Key is not a valid HyperLogLog string value.");
    run("SET", "k", "HYLL\1\0\0\0\0\0\0\0\0\0\0\200\0");
    run("PFCOUNT", "k").replies("-INVALIDOBJ Corrupted HLL object detected");
    run("PFCOUNT", "h", "k").replies("-INVALIDOBJ Corrupted HLL object detected");
  }
}
