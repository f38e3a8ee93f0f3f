package io.hashslot.command.server;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class SwapdbTest extends CommandTest {
  @Test
  void shouldExchangeTwoDatabases() {
    run("SET", "a", "1");
    run("SWAPDB", "0", "5").replies("+OK").propagates("SWAPDB 0 5");
    run("DBSIZE").replies(":0");
    run("SELECT", "5");
    run("GET", "a").repliesBulk("1");
  }

  @Test
  void shouldSpoilTransactionsThatWatchAKeyOfEither() {
    run("SET", "a", "1");
    run("WATCH", "a");
    kit.client().run("SWAPDB", "0", "0");
    run("MULTI");
    run("EXEC").replies("*0");
    run("WATCH", "a");
    kit.client().run("SWAPDB", "0", "1");
    run("MULTI");
    run("EXEC").replies("*-1");
  }

  @Test
  void shouldRefuseDatabasesThatAreNone() {
    run("SWAPDB", "a", "1").replies("-ERR invalid first DB index");
    run("SWAPDB", "1", "a").replies("-ERR invalid second DB index");
    run("SWAPDB", "1", "16").replies("-ERR DB index is out of range");
  }
}
