package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class CopyTest extends CommandTest {
  @Test
  void shouldCopyTheValueWithItsTime() {
    run("SET", "a", "v", "PX", "5000");
    run("COPY", "a", "b").replies(":1").propagates("COPY a b").fires("new:b", "copy_to:b");
    run("GET", "b").repliesBulk("v");
    run("PTTL", "b").replies(":5000");
  }

  @Test
  void shouldReplaceOnlyWhenToldTo() {
    run("MSET", "a", "1", "b", "2");
    run("COPY", "a", "b").replies(":0").propagatesNothing().firesNothing();
    run("COPY", "a", "b", "REPLACE").replies(":1").fires("new:b", "copy_to:b");
    run("GET", "b").repliesBulk("1");
  }

  @Test
  void shouldCopyToAnotherDatabase() {
    run("SET", "a", "1");
    run("COPY", "a", "a", "DB", "2")
        .replies(":1")
        .propagates("COPY a a DB 2")
        .fires("new:a@2", "copy_to:a@2");
    run("COPY", "a", "a").replies("-ERR source and destination objects are the same");
    run("COPY", "a", "a", "DB", "16").replies("-ERR DB index is out of range");
    run("SELECT", "2");
    run("GET", "a").repliesBulk("1");
  }

  @Test
  void shouldDoNothingWithoutSource() {
    run("COPY", "a", "b").replies(":0").fires("keymiss:a");
  }

  @Test
  void shouldTellThatTheKeyIsNewAlsoIfItReplacesAnother() {
    run("SET", "a", "x");
    run("RPUSH", "l", "x");
    run("COPY", "a", "b").fires("new:b", "copy_to:b");
    run("COPY", "a", "b", "REPLACE").fires("new:b", "copy_to:b");
    run("COPY", "l", "b", "REPLACE").fires("new:b", "copy_to:b");
    run("RENAME", "l", "b").fires("new:b", "rename_from:l", "rename_to:b");
  }
}
