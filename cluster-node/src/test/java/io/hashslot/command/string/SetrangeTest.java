package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SetrangeTest extends CommandTest {
  @Test
  void shouldOverwriteAndFillUpWithZeros() {
    run("SET", "k", "Hello World");
    run("SETRANGE", "k", "6", "Redis")
        .replies(":11")
        .propagates("SETRANGE k 6 Redis")
        .fires("setrange:k");
    run("GET", "k").repliesBulk("Hello Redis");
    run("SETRANGE", "n", "3", "x").replies(":4").fires("new:n", "setrange:n");
    run("GET", "n").repliesBulk("\0\0\0x");
  }

  @Test
  void shouldDoNothingWithAnEmptyString() {
    run("SETRANGE", "k", "5", "").replies(":0").propagatesNothing().firesNothing();
    run("EXISTS", "k").replies(":0");
    run("SET", "k", "abc");
    run("SETRANGE", "k", "100000000", "").replies(":3").propagatesNothing();
  }

  @Test
  void shouldRefusePlacesOutOfRange() {
    run("SETRANGE", "k", "-1", "x").replies("-ERR offset is out of range");
    run("SETRANGE", "k", "1048576", "x")
        .replies("-ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    run("SETRANGE", "k", "9223372036854775807", "x")
        .replies("-ERR string exceeds maximum allowed size (proto-max-bulk-len)");
  }
}
