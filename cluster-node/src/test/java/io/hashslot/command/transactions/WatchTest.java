package io.hashslot.command.transactions;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class WatchTest extends CommandTest {
  private CommandKit.Client other() {
    return kit.client();
  }

  private void execIsRefused() {
    run("MULTI");
    run("PING");
    run("EXEC").replies("*-1");
  }

  private void execIsRun() {
    run("MULTI");
    run("PING");
    run("EXEC").replies("*1", "+PONG");
  }

  @Test
  void shouldLoseWhenAnotherClientChangesTheKey() {
    run("WATCH", "a", "b");
    other().run("SET", "b", "1");
    execIsRefused();
    execIsRun();
  }

  @Test
  void shouldLoseWhenItsOwnClientChangesTheKey() {
    run("WATCH", "a");
    run("SET", "a", "1");
    execIsRefused();
  }

  @Test
  void shouldWinWhenOthersAreChangedOrTheKeyIsOnlyRead() {
    run("SET", "a", "1");
    run("WATCH", "a");
    other().run("SET", "b", "1");
    other().run("GET", "a");
    execIsRun();
  }

  @Test
  void shouldKnowDatabasesApart() {
    run("WATCH", "a");
    CommandKit.Client other = other();
    other.run("SELECT", "1");
    other.run("SET", "a", "1");
    execIsRun();
  }

  @Test
  void shouldLoseWhenTheKeyExpires() {
    run("SET", "a", "1", "PX", "100");
    run("WATCH", "a");
    passMs(101);
    execIsRefused();
  }

  @Test
  void shouldWinWhenTheKeyHadExpiredBefore() {
    run("SET", "a", "1", "PX", "100");
    passMs(101);
    run("WATCH", "a");
    execIsRun();
  }

  @Test
  void shouldLoseWhenEverythingIsFlushed() {
    run("SET", "a", "1");
    run("WATCH", "a");
    other().run("FLUSHALL");
    execIsRefused();
  }

  @Test
  void shouldNotBeTakenWithinMulti() {
    run("MULTI");
    run("WATCH", "a").replies("-ERR Command not allowed inside a transaction");
  }

  @Test
  void shouldTellInResp3() {
    client.resp3();
    run("WATCH", "a");
    other().run("SET", "a", "1");
    run("MULTI");
    run("EXEC").replies("_");
  }
}
