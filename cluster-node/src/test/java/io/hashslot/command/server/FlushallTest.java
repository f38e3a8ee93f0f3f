package io.hashslot.command.server;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class FlushallTest extends CommandTest {
  @Test
  void shouldEmptyAllDatabases() {
    run("SET", "a", "1");
    run("COPY", "a", "a", "DB", "3");
    run("FLUSHALL").replies("+OK").propagates("FLUSHALL").firesNothing();
    run("DBSIZE").replies(":0");
    run("SELECT", "3");
    run("DBSIZE").replies(":0");
    run("FLUSHALL", "SYNC").replies("+OK").propagates("FLUSHALL SYNC");
    run("FLUSHALL", "NOW").replies("-ERR syntax error");
  }

  @Test
  void shouldSpoilTransactionsThatWatchAKeyThatWasThere() {
    CommandKit.Client other = kit.client();
    run("SET", "a", "1");
    run("WATCH", "a");
    other.run("FLUSHALL");
    run("MULTI");
    run("EXEC").replies("*-1");
    run("WATCH", "a");
    other.run("FLUSHALL");
    run("MULTI");
    run("EXEC").replies("*0");
  }
}
