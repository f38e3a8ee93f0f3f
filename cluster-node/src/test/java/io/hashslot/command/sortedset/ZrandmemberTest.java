package io.hashslot.command.sortedset;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ZrandmemberTest extends CommandTest {
  @Test
  void shouldChooseAmongAll() {
    run("ZADD", "z", "1", "a", "2", "b", "3", "c");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      seen.add(run("ZRANDMEMBER", "z").reply());
      seen.add(run("ZRANDMEMBER", "z", "2").reply());
    }
    // Three members alone, and six ordered pairs of them.
    assertThat(seen).hasSize(9);
  }

  @Test
  void shouldRepeatOnlyIfAsked() {
    run("ZADD", "z", "1", "a");
    run("ZRANDMEMBER", "z", "5").replies("*1", "$1", "a");
    run("ZRANDMEMBER", "z", "-3").replies("*3", "$1", "a", "$1", "a", "$1", "a");
    run("ZRANDMEMBER", "z", "-1", "WITHSCORES").replies("*2", "$1", "a", "$1", "1");
    run("ZRANDMEMBER", "z", "0").replies("*0");
    run("ZRANDMEMBER", "nokey").replies("$-1");
    run("ZRANDMEMBER", "nokey", "1").replies("*0");
  }

  @Test
  void shouldRefuseImpossibleCounts() {
    run("ZRANDMEMBER", "z", "x").replies("-ERR value is not an integer or out of range");
    run("ZRANDMEMBER", "z", "-9223372036854775808")
        .replies(
            "-ERR value is out of range, value must between -9223372036854775807 and"
                + " 9223372036854775807");
    run("ZRANDMEMBER", "z", "-4611686018427387905", "WITHSCORES")
        .replies("-ERR value is out of range");
    run("ZRANDMEMBER", "z", "1", "x").replies("-ERR syntax error");
  }
}
