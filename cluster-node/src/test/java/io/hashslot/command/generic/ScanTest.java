package io.hashslot.command.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScanTest extends CommandTest {
  /** Keys by SCAN, page by page, as they come. */
  private List<String> scan(String... options) {
    List<String> keys = new ArrayList<>();
    String cursor = "0";
    do {
      List<String> words = new ArrayList<>(List.of("SCAN", cursor));
      words.addAll(List.of(options));
      String[] lines = run(words.toArray(String[]::new)).reply().split("\r\n");
      cursor = lines[2];
      for (int i = 5; i < lines.length; i += 2) {
        keys.add(lines[i]);
      }
    } while (!cursor.equals("0"));
    return keys;
  }

  @Test
  void shouldShowEveryKeyThatIsThereAllTheTime() {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      run("SET", "key:" + i, "v");
      expected.add("key:" + i);
    }
    assertThat(new HashSet<>(scan())).isEqualTo(expected);
    assertThat(new HashSet<>(scan("COUNT", "1"))).isEqualTo(expected);
    assertThat(scan("COUNT", "1000")).hasSameSizeAs(expected);
  }

  @Test
  void shouldShowASmallDatabaseAtOnce() {
    run("MSET", "a", "1", "b", "2", "c", "3");
    assertThat(run("SCAN", "0", "COUNT", "100").reply()).startsWith("*2\r\n$1\r\n0\r\n*3\r\n");
  }

  @Test
  void shouldFilter() {
    run("MSET", "a1", "1", "a2", "2", "b1", "3");
    assertThat(scan("MATCH", "a*")).containsExactlyInAnyOrder("a1", "a2");
    assertThat(scan("TYPE", "string", "MATCH", "*1")).containsExactlyInAnyOrder("a1", "b1");
    assertThat(scan("TYPE", "list")).isEmpty();
  }

  @Test
  void shouldNotShowWhatHasExpired() {
    run("SET", "k", "v", "PX", "5");
    passMs(6);
    assertThat(scan()).isEmpty();
  }

  @Test
  void shouldRunWithinATransaction() {
    run("MSET", "a", "1", "b", "2");
    run("MULTI");
    run("SCAN", "0", "COUNT", "100").replies("+QUEUED");
    assertThat(run("EXEC").reply()).startsWith("*1\r\n*2\r\n$1\r\n0\r\n*2\r\n");
  }

  @Test
  void shouldRefuseWhatIsNoCursor() {
    run("SCAN", "x").replies("-ERR invalid cursor");
    run("SCAN", "-1").replies("-ERR invalid cursor");
    run("SCAN", "18446744073709551616").replies("-ERR invalid cursor");
    run("SCAN", "0", "COUNT", "0").replies("-ERR syntax error");
    run("SCAN", "0", "TYPE", "thing").replies("-ERR unknown type name 'thing'");
  }
}
