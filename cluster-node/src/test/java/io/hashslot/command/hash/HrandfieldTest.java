package io.hashslot.command.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HrandfieldTest extends CommandTest {
  private void fill(int fields) {
    for (int i = 0; i < fields; i++) {
      run("HSET", "h", "f" + i, "v" + i);
    }
  }

  /** The bulk strings of a reply. */
  private List<String> random(String... options) {
    List<String> words = new ArrayList<>(List.of("HRANDFIELD", "h"));
    words.addAll(List.of(options));
    String[] lines = run(words.toArray(String[]::new)).reply().split("\r\n");
    List<String> bulks = new ArrayList<>();
    for (int i = 2; i < lines.length; i += 2) {
      bulks.add(lines[i]);
    }
    assertThat(lines[0]).isEqualTo("*" + bulks.size());
    return bulks;
  }

  @Test
  void shouldReturnOneField() {
    run("HRANDFIELD", "h").replies("$-1");
    run("HSET", "h", "a", "1");
    run("HRANDFIELD", "h").repliesBulk("a").propagatesNothing();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 700})
  void shouldReturnDifferentFieldsUnlessToldOtherwise(int size) {
    fill(size);
    for (int count : new int[] {1, 2, size / 5, size / 2, size - 1, size, size + 5}) {
      List<String> fields = random("" + count);
      assertThat(fields).hasSize(Math.min(count, size)).doesNotHaveDuplicates();
      List<String> pairs = random("" + count, "WITHVALUES");
      assertThat(pairs).hasSize(2 * Math.min(count, size)).doesNotHaveDuplicates();
      for (int i = 0; i < pairs.size(); i += 2) {
        assertThat(pairs.get(i).substring(1)).isEqualTo(pairs.get(i + 1).substring(1));
      }
    }
    assertThat(random("-" + 3 * size)).hasSize(3 * size);
    assertThat(new HashSet<>(random("-" + 20 * size))).hasSize(size);
    assertThat(random("-7", "withvalues")).hasSize(14);
    assertThat(random("0")).isEmpty();
  }

  @Test
  void shouldReturnPairsInResp3() {
    run("HSET", "h", "a", "1");
    client.resp3();
    run("HRANDFIELD", "h", "1", "WITHVALUES").replies("*1", "*2", "$1", "a", "$1", "1");
    run("HRANDFIELD", "h", "-2", "WITHVALUES")
        .replies("*2", "*2", "$1", "a", "$1", "1", "*2", "$1", "a", "$1", "1");
    run("HRANDFIELD", "n", "1", "WITHVALUES").replies("*0");
    run("HRANDFIELD", "n").replies("_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "-3", "6"})
  void shouldChooseFairlyInBothForms(String count) {
    for (String extra : new String[] {"", "x".repeat(100)}) {
      run("DEL", "h");
      fill(10);
      run("HSET", "h", "f0", extra);
      Map<String, Integer> drawn = new HashMap<>();
      int rounds = 3000;
      for (int i = 0; i < rounds; i++) {
        random(count).forEach(field -> drawn.merge(field, 1, Integer::sum));
      }
      int expected = rounds * Math.abs(Integer.parseInt(count)) / 10;
      assertThat(drawn).hasSize(10);
      // Six standard deviations.
      double margin = 6 * Math.sqrt(expected);
      assertThat(drawn.values())
          .allSatisfy(times -> assertThat(Math.abs(times - expected)).isLessThan((int) margin));
    }
  }

  @Test
  void shouldRefuseWhatItDoesNotUnderstand() {
    run("HRANDFIELD", "h", "x").replies("-ERR value is not an integer or out of range");
    run("HRANDFIELD", "h", "1", "VALUES").replies("-ERR syntax error");
    run("HRANDFIELD", "h", "1", "WITHVALUES", "x").replies("-ERR syntax error");
    run("HRANDFIELD", "h", "-9223372036854775808")
        .replies(
            "-ERR value is out of range, value must between -9223372036854775807 and"
                + " 9223372036854775807");
    run("HRANDFIELD", "h", "-5000000000000000000", "WITHVALUES")
        .replies("-ERR value is out of range");
    run("SET", "s", "v");
    run("HRANDFIELD", "s").fails("WRONGTYPE");
    run("HRANDFIELD", "s", "x").replies("-ERR value is not an integer or out of range");
  }
}
