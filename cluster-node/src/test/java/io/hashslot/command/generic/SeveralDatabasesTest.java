package io.hashslot.command.generic;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

/** A node of a cluster with {@code cluster-databases 3}. */
class SeveralDatabasesTest extends CommandTest {
  @Override
  protected CommandKit newKit(int shardCount) {
    return new CommandKit(shardCount, 3, null);
  }

  @Test
  void shouldBeApartInAClusterToo() {
    run("SET", "a", "0");
    run("SELECT", "2").replies("+OK");
    run("GET", "a").replies("$-1");
    run("SET", "a", "2").fires("new:a@2", "set:a@2");
    run("DBSIZE").replies(":1");
    run("SELECT", "3").replies("-ERR DB index is out of range");
    run("SELECT", "0");
    run("GET", "a").repliesBulk("0");
    run("FLUSHDB");
    run("SELECT", "2");
    run("GET", "a").repliesBulk("2");
  }

  @Test
  void shouldGiveAndTakeKeys() {
    run("SET", "a", "1");
    run("COPY", "a", "a", "DB", "1").replies(":1");
    run("COPY", "a", "{a}b", "DB", "3").replies("-ERR DB index is out of range");
    run("MOVE", "a", "1").replies(":0");
    run("MOVE", "a", "2").replies(":1");
    run("MOVE", "a", "3").replies("-ERR DB index is out of range");
    run("EXISTS", "a").replies(":0");
    run("SELECT", "2");
    run("GET", "a").repliesBulk("1");
  }

  @Test
  void shouldNotBeSwapped() {
    run("SWAPDB", "0", "1").replies("-ERR SWAPDB is not allowed in cluster mode");
  }

  @Test
  void shouldEachBeScannedAlone() {
    for (int i = 0; i < 3; i++) {
      run("SELECT", "" + i);
      run("SET", "key of " + i, "x");
    }
    run("SCAN", "0", "COUNT", "100000").replies("*2", "$1", "0", "*1", "$8", "key of 2");
    run("KEYS", "*").replies("*1", "$8", "key of 2");
  }
}
