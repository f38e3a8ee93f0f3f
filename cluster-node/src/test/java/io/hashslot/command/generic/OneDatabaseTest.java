package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class OneDatabaseTest extends CommandTest {
  @Override
  protected boolean inCluster() {
    return true;
  }

  @Test
  void shouldBeAllThereIsInACluster() {
    run("SET", "a", "1");
    run("SELECT", "0").replies("+OK");
    run("SELECT", "1").replies("-ERR SELECT is not allowed in cluster mode");
    run("MOVE", "a", "1").replies("-ERR MOVE is not allowed in cluster mode");
    run("SWAPDB", "0", "1").replies("-ERR SWAPDB is not allowed in cluster mode");
    run("COPY", "a", "b", "DB", "1")
        .replies("-ERR Copying to another database is not allowed in cluster mode");
    run("COPY", "a", "b", "DB", "0").replies(":1");
  }
}
