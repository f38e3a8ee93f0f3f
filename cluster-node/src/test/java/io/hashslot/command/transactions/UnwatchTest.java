package io.hashslot.command.transactions;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class UnwatchTest extends CommandTest {
  @Test
  void shouldTakeBetsBack() {
    CommandKit.Client other = kit.client();
    run("WATCH", "k");
    other.run("SET", "k", "1");
    run("UNWATCH").replies("+OK");
    run("MULTI");
    run("GET", "k");
    run("EXEC").replies("*1", "$1", "1");
  }
}
