package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static Arguments parse(String... words) throws UsageException {
    return Arguments.parse(Stream.of(words).map(word -> word.getBytes(UTF_8)).toList());
  }

  private static List<String> words(Arguments arguments) {
    return arguments.words().stream().map(word -> new String(word, UTF_8)).toList();
  }

  @Test
  void optionsShouldEndAtTheFirstOtherWord() throws Exception {
    Arguments arguments = parse("-p", "7000", "SET", "-p", "--raw");
    assertThat(arguments.number(Option.PORT, 0)).isEqualTo(7000);
    assertThat(arguments.has(Option.RAW)).isFalse();
    assertThat(words(arguments)).containsExactly("SET", "-p", "--raw");
  }

  @Test
  void theLastOfEqualOptionsShouldWin() throws Exception {
    assertThat(parse("-h", "a", "-h", "b", "PING").text(Option.HOST)).isEqualTo("b");
  }

  @Test
  void aTrailingHShouldAskForHelp() throws Exception {
    assertThat(parse("-p", "1", "-h").has(Option.HELP)).isTrue();
  }

  @Test
  void aValueMayLookLikeAnOption() throws Exception {
    assertThat(parse("-a", "-x", "PING").text(Option.PASSWORD)).isEqualTo("-x");
    assertThat(parse("-r", "-1", "PING").number(Option.REPEAT, 1)).isEqualTo(-1);
  }

  @Test
  void clusterWordsAndOptionsMayBeMixed() throws Exception {
    Arguments arguments =
        parse(
            "--cluster", "create", "h:1", "--cluster-replicas", "1", "h:2", "--cluster-yes", "h:3");
    assertThat(arguments.text(Option.CLUSTER)).isEqualTo("create");
    assertThat(arguments.clusterWords()).containsExactly("h:1", "h:2", "h:3");
    assertThat(arguments.number(Option.CLUSTER_REPLICAS, 0)).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    assertThatThrownBy(() -> parse("-z", "PING"))
        .hasMessage("Unrecognized option or bad number of args for: '-z'");
    assertThatThrownBy(() -> parse("-p"))
        .hasMessage("Unrecognized option or bad number of args for: '-p'");
    assertThatThrownBy(() -> parse("--bigkeys"))
        .hasMessageContaining("not available in this version");
    assertThatThrownBy(() -> parse("-2", "-3"))
        .hasMessage("Options -2 and -3 are mutually exclusive.");
  }

  @Test
  void aUriShouldGiveUserPasswordHostPortAndDatabase() throws Exception {
    assertThat(RedisUri.parse("redis://al%3Aice:s%40c@[::1]:7000/3"))
        .isEqualTo(new RedisUri("al:ice", "s@c", "::1", 7000, 3, false));
    assertThat(RedisUri.parse("VALKEY://secret@host"))
        .isEqualTo(new RedisUri(null, "secret", "host", null, null, false));
    assertThat(RedisUri.parse("redis://")).isEqualTo(RedisUri.NONE);
    assertThat(RedisUri.parse("rediss://host:7000").tls()).isTrue();
    assertThatThrownBy(() -> RedisUri.parse("http://x")).hasMessage("Invalid URI scheme");
    assertThatThrownBy(() -> RedisUri.parse("redis://%zz@x"))
        .hasMessage("Illegal character in URI encoding");
    assertThatThrownBy(() -> RedisUri.parse("redis://%z@x")).hasMessage("Incomplete URI encoding");
  }
}
