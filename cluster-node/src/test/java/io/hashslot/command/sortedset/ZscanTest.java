package io.hashslot.command.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ZscanTest extends CommandTest {
  @Test
  void shouldShowAllOfASmallSetAtOnce() {
    run("ZADD", "z", "1", "a", "0.1", "b");
    run("ZSCAN", "z", "0")
        .replies("*2", "$1", "0", "*4", "$1", "b", "$3", "0.1", "$1", "a", "$1", "1");
    run("ZSCAN", "z", "0", "MATCH", "a", "NOSCORES").replies("*2", "$1", "0", "*1", "$1", "a");
    run("ZSCAN", "nokey", "0", "x").replies("*2", "$1", "0", "*0");
    run("ZSCAN", "z", "x").replies("-ERR invalid cursor");
    run("ZSCAN", "z", "0", "COUNT", "0").replies("-ERR syntax error");
  }

  @Test
  void shouldShowLargeSetsPageByPage() {
    for (int i = 0; i < 500; i++) {
      run("ZADD", "z", "0.1", "m" + i);
    }
    Set<String> seen = new HashSet<>();
    String cursor = "0";
    do {
      String[] lines = run("ZSCAN", "z", cursor).reply().split("\r\n");
      cursor = lines[2];
      for (int i = 5; i < lines.length; i += 4) {
        seen.add(lines[i]);
        assertThat(lines[i + 2]).isEqualTo("0.10000000000000001");
      }
    } while (!cursor.equals("0"));
    assertThat(seen).hasSize(500);
  }
}
