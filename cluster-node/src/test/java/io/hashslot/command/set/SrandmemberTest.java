package io.hashslot.command.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SrandmemberTest extends CommandTest {
  @Test
  void shouldReplyWithMembersThatAreThere() {
    run("SADD", "s", "1", "2", "3");
    assertThat(run("SRANDMEMBER", "s").propagatesNothing().reply()).matches("\\$1\r\n[123]\r\n");
    run("SRANDMEMBER", "s", "5").replies("*3", "$1", "1", "$1", "2", "$1", "3");
    assertThat(members("s", "-7")).hasSize(7).isSubsetOf("1", "2", "3");
    run("SRANDMEMBER", "s", "0").replies("*0");
    run("SRANDMEMBER", "none").replies("$-1");
    run("SRANDMEMBER", "none", "-3").replies("*0");
    client.resp3();
    run("SRANDMEMBER", "none").replies("_");
    run("SRANDMEMBER", "s", "3").replies("*3", "$1", "1", "$1", "2", "$1", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "member:of:a:large:set:"})
  void shouldReplyWithDifferentMembers(String prefix) {
    for (int i = 0; i < 300; i++) {
      run("SADD", "s", prefix + i);
    }
    for (int count : new int[] {1, 3, 20, 100, 150, 299}) {
      assertThat(members("s", "" + count)).hasSize(count).doesNotHaveDuplicates();
    }
    run("SCARD", "s").replies(":300");
  }

  /** Counts of a fair choice vary by their square root; six times that is as good as never. */
  @ParameterizedTest
  @CsvSource({"'', 40, 1", "m, 40, 5", "m, 200, -5", "m, 200, 5", "m, 200, 150", "'', 200, 5"})
  void shouldChooseFairly(String prefix, int size, int count) {
    Map<String, Integer> chosen = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      run("SADD", "s", prefix + i);
    }
    int perMember = 200;
    int draws = Math.ceilDiv(perMember * size, Math.abs(count));
    for (int i = 0; i < draws; i++) {
      members("s", "" + count).forEach(member -> chosen.merge(member, 1, Integer::sum));
    }
    assertThat(chosen).hasSize(size);
    assertThat(chosen.values())
        .allMatch(times -> Math.abs(times - perMember) < 6 * Math.sqrt(perMember));
  }

  @Test
  void shouldRefuseBadRequests() {
    run("SRANDMEMBER", "s", "x").replies("-ERR value is not an integer or out of range");
    run("SRANDMEMBER", "s", "1", "2").replies("-ERR syntax error");
    run("SRANDMEMBER", "s", "-9223372036854775808").fails("ERR value is out of range");
    run("SET", "k", "v");
    run("SRANDMEMBER", "k", "1").fails("WRONGTYPE");
    run("SADD", "s", "a");
    run("SRANDMEMBER", "s", "-9223372036854775807").replies("-ERR value is out of range");
  }

  private List<String> members(String key, String count) {
    String[] lines = run("SRANDMEMBER", key, count).reply().split("\r\n");
    List<String> members = new ArrayList<>();
    for (int i = 2; i < lines.length; i += 2) {
      members.add(lines[i]);
    }
    return members;
  }
}
