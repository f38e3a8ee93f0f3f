package io.hashslot.command.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HscanTest extends CommandTest {
  /** What HSCAN shows, page by page, as it comes. */
  private List<String> scan(String... options) {
    List<String> shown = new ArrayList<>();
    String cursor = "0";
    do {
      List<String> words = new ArrayList<>(List.of("HSCAN", "h", cursor));
      words.addAll(List.of(options));
      String[] lines = run(words.toArray(String[]::new)).reply().split("\r\n");
      cursor = lines[2];
      for (int i = 5; i < lines.length; i += 2) {
        shown.add(lines[i]);
      }
    } while (!cursor.equals("0"));
    return shown;
  }

  @Test
  void shouldShowASmallHashAtOnce() {
    run("HSET", "h", "a", "1", "b", "2");
    run("HSCAN", "h", "0")
        .replies("*2", "$1", "0", "*4", "$1", "a", "$1", "1", "$1", "b", "$1", "2");
    run("HSCAN", "h", "0", "COUNT", "1", "NOVALUES")
        .replies("*2", "$1", "0", "*2", "$1", "a", "$1", "b");
    run("HSCAN", "h", "7")
        .replies("*2", "$1", "0", "*4", "$1", "a", "$1", "1", "$1", "b", "$1", "2");
  }

  @Test
  void shouldShowEveryFieldOfALargeHash() {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      run("HSET", "h", "f" + i, "v" + i);
      expected.add("f" + i);
    }
    assertThat(scan("NOVALUES")).hasSize(1000);
    assertThat(new HashSet<>(scan("NOVALUES", "COUNT", "1"))).isEqualTo(expected);
    List<String> pairs = scan("COUNT", "100");
    assertThat(pairs).hasSize(2000);
    for (int i = 0; i < 2000; i += 2) {
      assertThat(pairs.get(i + 1)).isEqualTo("v" + pairs.get(i).substring(1));
    }
    String page = run("HSCAN", "h", "0", "COUNT", "50", "NOVALUES").reply();
    assertThat(page.split("\r\n").length / 2).isBetween(50, 70);
  }

  @Test
  void shouldShowFieldsThatMatch() {
    run("HSET", "h", "a1", "b1", "b1", "a2", "a2", "x");
    assertThat(scan("MATCH", "a*")).containsExactly("a1", "b1", "a2", "x");
    assertThat(scan("MATCH", "a*", "NOVALUES", "MATCH", "b*")).containsExactly("b1");
  }

  @Test
  void shouldShowNothingOfAMissingKeyWhateverTheOptions() {
    run("HSCAN", "h", "0").replies("*2", "$1", "0", "*0");
    run("HSCAN", "h", "0", "JUNK").replies("*2", "$1", "0", "*0");
    run("HSCAN", "h", "x").replies("-ERR invalid cursor");
  }

  @Test
  void shouldRefuseWhatItDoesNotUnderstand() {
    run("HSET", "h", "a", "1");
    run("HSCAN", "h", "0", "COUNT", "0").replies("-ERR syntax error");
    run("HSCAN", "h", "0", "COUNT").replies("-ERR syntax error");
    run("HSCAN", "h", "0", "COUNT", "x").replies("-ERR value is not an integer or out of range");
    run("HSCAN", "h", "0", "NOSCORES").replies("-ERR NOSCORES option can only be used in ZSCAN");
    run("HSCAN", "h", "0", "TYPE", "hash").replies("-ERR syntax error");
    run("SET", "s", "v");
    run("HSCAN", "s", "0", "JUNK").fails("WRONGTYPE");
    run("HSCAN", "s", "x").replies("-ERR invalid cursor");
  }
}
