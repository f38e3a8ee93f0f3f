package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class AppendTest extends CommandTest {
  @Test
  void shouldCreateTheKeyAndGoOnFromThere() {
    run("APPEND", "k", "ab").replies(":2").propagates("APPEND k ab").fires("new:k", "append:k");
    run("APPEND", "k", "cd").replies(":4").fires("append:k");
    run("GET", "k").repliesBulk("abcd");
  }

  @Test
  void shouldKeepTheExpiry() {
    run("SET", "k", "a", "PX", "5000");
    run("APPEND", "k", "b");
    run("PTTL", "k").replies(":5000");
  }

  @Test
  void shouldMakeTheStringRaw() {
    run("SET", "k", "1");
    run("APPEND", "k", "2");
    run("OBJECT", "ENCODING", "k").repliesBulk("raw");
    run("INCR", "k").replies(":13");
  }

  @Test
  void shouldRefuseToGrowBeyondTheLimit() {
    run("SET", "k", "x".repeat((1 << 20) - 1));
    run("APPEND", "k", "y").replies(":1048576");
    run("APPEND", "k", "z")
        .replies("-ERR string exceeds maximum allowed size (proto-max-bulk-len)")
        .propagatesNothing()
        .firesNothing();
  }
}
