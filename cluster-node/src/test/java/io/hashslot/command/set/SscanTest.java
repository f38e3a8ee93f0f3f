package io.hashslot.command.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SscanTest extends CommandTest {
  @Test
  void shouldReturnSmallSetsAtOnce() {
    run("SADD", "s", "a", "b", "ab");
    run("SSCAN", "s", "0", "COUNT", "1")
        .replies("*2", "$1", "0", "*3", "$1", "a", "$1", "b", "$2", "ab");
    run("SSCAN", "s", "7", "MATCH", "a*").replies("*2", "$1", "0", "*2", "$1", "a", "$2", "ab");
    run("SSCAN", "none", "0", "nonsense").replies("*2", "$1", "0", "*0");
  }

  @Test
  void shouldReturnEachMemberOfALargeSetOnce() {
    for (int i = 0; i < 700; i++) {
      run("SADD", "s", "m" + i);
    }
    List<String> found = new ArrayList<>();
    String cursor = "0";
    int pages = 0;
    do {
      String[] lines = run("SSCAN", "s", cursor, "COUNT", "20").reply().split("\r\n");
      cursor = lines[2];
      for (int i = 5; i < lines.length; i += 2) {
        found.add(lines[i]);
      }
      pages++;
    } while (!cursor.equals("0"));
    assertThat(pages).isBetween(10, 70);
    assertThat(found).hasSize(700).doesNotHaveDuplicates();
  }

  @Test
  void shouldRefuseBadRequests() {
    run("SADD", "s", "a");
    run("SET", "k", "v");
    run("SSCAN", "s", "x").replies("-ERR invalid cursor");
    run("SSCAN", "none", "x").replies("-ERR invalid cursor");
    run("SSCAN", "k", "0").fails("WRONGTYPE");
    run("SSCAN", "s", "0", "COUNT", "0").replies("-ERR syntax error");
    run("SSCAN", "s", "0", "COUNT", "x").replies("-ERR value is not an integer or out of range");
    run("SSCAN", "s", "0", "TYPE", "set").replies("-ERR syntax error");
  }
}
