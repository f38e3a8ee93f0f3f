package io.hashslot.command.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class BzpopmaxTest extends CommandTest {
  @Test
  void shouldPopTheGreatestNowOrLater() {
    run("ZADD", "z", "1", "a", "2", "b");
    run("BZPOPMAX", "z", "0")
        .replies("*3", "$1", "z", "$1", "b", "$1", "2")
        .propagates("ZPOPMAX z");
    Client waiting = kit.client().waits("BZPOPMAX", "y", "x", "0");
    run("ZADD", "x", "1", "a", "2", "b").propagates("ZADD x 1 a 2 b", "ZPOPMAX x");
    assertThat(waiting.received()).isEqualTo("*3\r\n$1\r\nx\r\n$1\r\nb\r\n$1\r\n2\r\n");
  }
}
