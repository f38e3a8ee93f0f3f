package io.hashslot.command.hyperloglog;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PfaddTest extends CommandTest {
  @Test
  void shouldTellWhetherTheCountMayHaveChanged() {
    run("PFADD", "h", "a", "b").replies(":1").propagates("PFADD h a b").fires("new:h", "pfadd:h");
    run("PFADD", "h", "a").replies(":0").propagatesNothing().firesNothing();
    run("PFADD", "h", "c", "a").replies(":1").fires("pfadd:h");
    run("PFCOUNT", "h").replies(":3");
  }

  @Test
  void shouldMakeAnEmptyOneWithoutElements() {
    run("PFADD", "h").replies(":1").propagates("PFADD h").fires("new:h", "pfadd:h");
    run("GET", "h").repliesBulk("HYLL\1\0\0\0\0\0\0\0\0\0\0\200\177\377");
    run("OBJECT", "ENCODING", "h").repliesBulk("raw");
    run("PFADD", "h").replies(":0").propagatesNothing();
  }

  @Test
  void shouldKeepTheExpiry() {
    run("PFADD", "h", "a");
    run("EXPIRE", "h", "100");
    for (int i = 0; i < 5000; i++) {
      run("PFADD", "h", "element " + i);
    }
    run("STRLEN", "h").replies(":12304");
    run("TTL", "h").replies(":100");
  }

  @Test
  void shouldRefuseOtherStrings() {
    run("SET", "k", "v");
    run("PFADD", "k", "a").replies("-WRONGTYPE Key is not a valid HyperLogLog string value.");
    run("SADD", "s", "a");
    run("PFADD", "s", "a").fails("WRONGTYPE Operation against a key");
    run("SET", "k", "HYLL\1\0\0\0\0\0\0\0\0\0\0\200\0");
    run("PFADD", "k", "a").replies("-INVALIDOBJ Corrupted HLL object detected");
  }
}
