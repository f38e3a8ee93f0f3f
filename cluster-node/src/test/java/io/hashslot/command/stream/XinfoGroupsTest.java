package io.hashslot.command.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class XinfoGroupsTest extends CommandTest {
  private void lag(String entriesRead, String lag) {
    String reply = run("XINFO", "GROUPS", "s").reply();
    assertThat(reply)
        .endsWith("entries-read\r\n" + entriesRead + "\r\n$3\r\nlag\r\n" + lag + "\r\n");
  }

  @Test
  void shouldCountWhatTheGroupHasToRead() {
    for (int i = 1; i <= 5; i++) {
      run("XADD", "s", i + "-0", "f", "v");
    }
    run("XGROUP", "CREATE", "s", "g", "0");
    lag("$-1", ":5");
    run("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", "s", ">");
    lag(":2", ":3");
    run("XDEL", "s", "4-0");
    lag(":2", "$-1");
    run("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">");
    lag(":5", ":0");
    run("XTRIM", "s", "MAXLEN", "0");
    lag(":5", ":0");
    run("XGROUP", "SETID", "s", "g", "0", "ENTRIESREAD", "6");
    lag(":6", ":-1");
  }

  @Test
  void shouldTellOfNoGroups() {
    run("XINFO", "GROUPS", "s").fails("ERR no such key");
    run("XADD", "s", "1-0", "f", "v");
    run("XINFO", "GROUPS", "s").replies("*0");
  }
}
