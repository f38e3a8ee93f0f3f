package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SintercardTest extends CommandTest {
  @Test
  void shouldCountUpToALimit() {
    run("SADD", "a", "1", "2", "3");
    run("SADD", "b", "3", "1", "2", "4");
    run("SINTERCARD", "2", "a", "b").replies(":3");
    run("SINTERCARD", "2", "a", "b", "LIMIT", "2").replies(":2");
    run("SINTERCARD", "2", "a", "b", "LIMIT", "0").replies(":3");
    run("SINTERCARD", "2", "a", "none").replies(":0");
  }

  @Test
  void shouldRefuseBadCounts() {
    run("SINTERCARD", "0", "a").replies("-ERR numkeys should be greater than 0");
    run("SINTERCARD", "x", "a").replies("-ERR numkeys should be greater than 0");
    run("SINTERCARD", "2", "a").replies("-ERR Number of keys can't be greater than number of args");
    run("SINTERCARD", "1", "a", "LIMIT").replies("-ERR syntax error");
    run("SINTERCARD", "1", "a", "b").replies("-ERR syntax error");
    run("SINTERCARD", "1", "a", "LIMIT", "-1").replies("-ERR LIMIT can't be negative");
    run("SINTERCARD", "1", "a", "LIMIT", "x").replies("-ERR LIMIT can't be negative");
  }
}
