package io.hashslot.command.transactions;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class DiscardTest extends CommandTest {
  @Test
  void shouldForgetWhatWasQueuedAndWatched() {
    CommandKit.Client other = kit.client();
    run("WATCH", "k");
    run("MULTI");
    run("SET", "k", "v");
    run("DISCARD").replies("+OK");
    run("GET", "k").replies("$-1");
    other.run("SET", "k", "other");
    run("MULTI");
    run("GET", "k");
    run("EXEC").replies("*1", "$5", "other");
  }

  @Test
  void shouldNeedMulti() {
    run("DISCARD").replies("-ERR DISCARD without MULTI");
  }
}
