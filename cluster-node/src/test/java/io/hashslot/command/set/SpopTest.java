package io.hashslot.command.set;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import io.hashslot.command.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpopTest extends CommandTest {
  @Test
  void shouldRemoveOneMemberAndRepeatWhich() {
    run("SADD", "s", "a");
    run("SPOP", "s").repliesBulk("a").propagates("SREM s a").fires("spop:s", "del:s");
    run("SPOP", "s").replies("$-1").propagatesNothing();
    run("SADD", "s", "1", "2");
    String taken = run("SPOP", "s").fires("spop:s").reply().substring(4, 5);
    run("SISMEMBER", "s", taken).replies(":0");
    run("SCARD", "s").replies(":1");
  }

  @Test
  void shouldTakeTheWholeSet() {
    run("SADD", "s", "1", "2", "3");
    run("SPOP", "s", "3")
        .replies("*3", "$1", "1", "$1", "2", "$1", "3")
        .propagates("UNLINK s")
        .fires("spop:s", "del:s");
    client.resp3();
    run("SPOP", "s", "3").replies("~0").propagatesNothing();
    run("SPOP", "s").replies("_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "member:of:a:large:set:"})
  void shouldTakeSeveralAndLeaveTheRest(String prefix) {
    for (int count : new int[] {1, 5, 50, 99, 400, 599}) {
      Set<String> left = new HashSet<>();
      for (int i = 0; i < 600; i++) {
        run("SADD", "s", prefix + i);
        left.add(prefix + i);
      }
      Outcome outcome = run("SPOP", "s", "" + count).fires("spop:s");
      String[] lines = outcome.reply().split("\r\n");
      assertThat(lines[0]).isEqualTo("*" + count);
      List<String> taken = new ArrayList<>();
      for (int i = 2; i < lines.length; i += 2) {
        taken.add(lines[i]);
      }
      outcome.propagates("SREM s " + String.join(" ", taken));
      assertThat(taken).hasSize(count).doesNotHaveDuplicates();
      assertThat(left).containsAll(taken);
      left.removeAll(taken);
      run("SCARD", "s").replies(":" + left.size());
      left.forEach(member -> run("SISMEMBER", "s", member).replies(":1"));
      run("DEL", "s");
    }
  }

  @Test
  void shouldRepeatManyInSeveralCommands() {
    for (int i = 0; i < 3000; i++) {
      run("SADD", "s", "m" + i);
    }
    List<String> repeated = run("SPOP", "s", "1500").propagated();
    assertThat(repeated).hasSize(4).first().isEqualTo("MULTI");
    assertThat(repeated.get(1).split(" ")).hasSize(1026);
    assertThat(repeated.get(2).split(" ")).hasSize(478);
  }

  @Test
  void shouldRefuseBadRequests() {
    run("SPOP", "s", "-1").replies("-ERR value is out of range, must be positive");
    run("SPOP", "s", "x").replies("-ERR value is out of range, must be positive");
    run("SPOP", "s", "1", "2").replies("-ERR syntax error");
    run("SET", "k", "v");
    run("SPOP", "k").fails("WRONGTYPE");
    run("SPOP", "k", "0").fails("WRONGTYPE");
    run("SADD", "s", "a");
    run("SPOP", "s", "0").replies("*0").propagatesNothing().firesNothing();
  }
}
