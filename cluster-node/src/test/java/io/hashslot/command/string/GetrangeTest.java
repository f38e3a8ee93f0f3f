package io.hashslot.command.string;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GetrangeTest extends CommandTest {
  @Test
  void shouldCountFromBothEnds() {
    run("SET", "k", "Hello World");
    run("GETRANGE", "k", "0", "4").repliesBulk("Hello");
    run("GETRANGE", "k", "-5", "-1").repliesBulk("World");
    run("GETRANGE", "k", "-100", "100").repliesBulk("Hello World");
    run("GETRANGE", "k", "5", "4").repliesBulk("");
    run("GETRANGE", "k", "-1", "-5").repliesBulk("");
    run("GETRANGE", "k", "0", "-100").repliesBulk("H");
    run("GETRANGE", "k", "11", "20").repliesBulk("");
    run("GETRANGE", "k", "-9223372036854775808", "9223372036854775807").repliesBulk("Hello World");
  }

  @Test
  void shouldTakeAMissingKeyForAnEmptyString() {
    run("GETRANGE", "k", "0", "-1").repliesBulk("").fires("keymiss:k");
  }
}
