package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class RestoreTest extends CommandTest {
  private static final String HELLO = "\0\5hello\n\0cr\u00dfve4 \n";

  @Test
  void shouldRestoreAndRepeatTheTimeAsAMoment() {
    run("RESTORE", "k", "0", HELLO)
        .replies("+OK")
        .propagates("RESTORE k 0 " + HELLO)
        .fires("new:k", "restore:k");
    run("RESTORE", "n", "1500", HELLO)
        .propagates("RESTORE n " + inMs(1500) + " " + HELLO + " ABSTTL");
    run("PTTL", "n").replies(":1500");
    run("GET", "n").repliesBulk("hello");
  }

  @Test
  void shouldReplaceOnlyWhenToldTo() {
    run("SET", "k", "v");
    run("RESTORE", "k", "0", HELLO).replies("-BUSYKEY Target key name already exists.");
    run("RESTORE", "k", "0", HELLO, "REPLACE").replies("+OK").fires("new:k", "restore:k");
  }

  @Test
  void shouldDeleteInPlaceOfRestoringWhatHasPassed() {
    run("SET", "k", "v");
    run("RESTORE", "k", "1", HELLO, "REPLACE", "ABSTTL")
        .replies("+OK")
        .propagates("UNLINK k")
        .fires("del:k");
    run("RESTORE", "k", "1", HELLO, "ABSTTL").replies("+OK").propagatesNothing().firesNothing();
  }

  @Test
  void shouldTakeOverWhenTheKeyWasUsed() {
    run("RESTORE", "k", "0", HELLO, "IDLETIME", "100");
    run("OBJECT", "IDLETIME", "k").replies(":100");
  }

  @Test
  void shouldRefuseDamagedPayloads() {
    run("RESTORE", "k", "0", HELLO.replace('h', 'j'))
        .replies("-ERR DUMP payload version or checksum are wrong");
    run("RESTORE", "k", "0", "").replies("-ERR DUMP payload version or checksum are wrong");
    run("RESTORE", "k", "-1", HELLO).replies("-ERR Invalid TTL value, must be >= 0");
    run("EXISTS", "k").replies(":0");
  }
}
