package io.hashslot.command.stream;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XtrimTest extends CommandTest {
  @Test
  void shouldLeaveSoManyEntries() {
    add(5);
    run("XTRIM", "s", "MAXLEN", "3").replies(":2").propagates("XTRIM s MAXLEN 3").fires("xtrim:s");
    run("XTRIM", "s", "MAXLEN", "3").replies(":0").propagatesNothing().firesNothing();
    run("XTRIM", "s", "MINID", "=", "5").replies(":2");
    run("XTRIM", "missing", "MAXLEN", "3").replies(":0");
  }

  @Test
  void shouldOnlyDropChunksWhenRough() {
    add(250);
    run("XTRIM", "s", "MAXLEN", "~", "100").replies(":100").propagates("XTRIM s MAXLEN = 150");
    run("XTRIM", "s", "MAXLEN", "~", "100").replies(":0").propagatesNothing();
    run("XTRIM", "s", "MINID", "~", "240", "LIMIT", "99").replies(":0");
    run("XTRIM", "s", "MINID", "~", "240", "LIMIT", "100")
        .replies(":100")
        .propagates("XTRIM s MINID = 201-0 LIMIT 100");
  }

  private void add(int count) {
    for (int i = 1; i <= count; i++) {
      run("XADD", "s", i + "-0", "f", "v");
    }
  }

  @Test
  void shouldRefuseWhatIsNoWayToTrim() {
    run("XTRIM", "s", "LIMIT", "0").fails("ERR syntax error, XTRIM must be called with a trimming");
    run("XTRIM", "s", "MAXLEN", "1", "NOMKSTREAM").fails("ERR syntax error");
    run("XTRIM", "s", "MAXLEN", "~", "1", "LIMIT", "-1")
        .fails("ERR The LIMIT argument must be >= 0.");
    run("XTRIM", "s", "MINID", "x").fails("ERR Invalid stream ID specified");
  }
}
