package io.hashslot.command.hyperloglog;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PfmergeTest extends CommandTest {
  @Test
  void shouldMergeIntoTheDestination() {
    run("PFADD", "h", "a", "b");
    run("PFADD", "i", "b", "c");
    run("PFMERGE", "d", "h", "i")
        .replies("+OK")
        .propagates("PFMERGE d h i")
        .fires("keymiss:d", "new:d", "pfadd:d");
    run("PFCOUNT", "d").replies(":3");
    run("PFADD", "h", "x");
    run("PFMERGE", "d", "h").replies("+OK").fires("pfadd:d");
    run("PFCOUNT", "d").replies(":4");
    run("PFMERGE", "e").replies("+OK");
    run("PFCOUNT", "e").replies(":0");
  }

  @Test
  void shouldBeDenseIfASourceIs() {
    run("PFADD", "h", "a");
    run("PFADD", "i", "b");
    run("PFDEBUG", "TODENSE", "i");
    run("PFMERGE", "d", "h");
    run("PFDEBUG", "ENCODING", "d").replies("+sparse");
    run("PFMERGE", "d", "i");
    run("PFDEBUG", "ENCODING", "d").replies("+dense");
    run("PFCOUNT", "d").replies(":2");
  }

  @Test
  void shouldRefuseOtherStrings() {
    run("SET", "k", "v");
    run("PFADD", "h", "a");
    run("PFMERGE", "k", "h").replies("-WRONGTYPE Key is not a valid HyperLogLog string value.");
    run("PFMERGE", "h", "k").replies("-WRONGTYPE Key is not a valid HyperLogLog string value.");
    run("SET", "k", "HYLL\1\0\0\0\0\0\0\0\0\0\0\200\0");
    run("PFMERGE", "d", "h", "k").replies("-INVALIDOBJ Corrupted HLL object detected");
    run("EXISTS", "d").replies(":0");
  }
}
