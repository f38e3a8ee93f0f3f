package io.hashslot.net;

import static io.hashslot.net.RawClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.ProtocolCases.Case;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes in, bytes out, over real sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolIT {
  private static final int HUGE = 30 << 20;

  private RunningNode node;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    node = new RunningNode(folder, "--io-threads", "2");
  }

  @AfterAll
  void stop() {
    node.close();
  }

  static List<Case> cases() {
    return ProtocolCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAnswer(Case one) throws Exception {
    try (RawClient client = node.connect()) {
      assertThat(answer(client, one)).isEqualTo(one.answer());
    }
  }

  @Test
  void valkeyAnswersTheSame(@TempDir Path folder) throws Exception {
    List<String> different = new ArrayList<>();
    try (OracleServer valkey = OracleServer.start(Oracle.VALKEY, folder, "--save", "")) {
      for (Case one : ProtocolCases.all()) {
        try (RawClient client = RawClient.tcp(valkey.port())) {
          String answer = answer(client, one);
          if (!answer.equals(one.answer())) {
            different.add(one.name() + ": " + shown(answer));
          }
        }
      }
    }
    assertThat(different).isEmpty();
  }

  /** Nothing follows what closes the connection: servers may be found to judge by what follows. */
  private static String answer(RawClient client, Case one) throws Exception {
    return one.answer().endsWith("<closed>")
        ? client.offer(one.sent()).readToEnd() + "<closed>"
        : client.exchange(one.sent());
  }

  private static String shown(String answer) {
    String text = answer.length() > 300 ? answer.substring(0, 300) + "..." : answer;
    return text.replace("\r\n", "|");
  }

  @Test
  void whatFollowsAnErrorIsNotExecuted() throws Exception {
    try (RawClient client = node.connect();
        RawClient other = node.connect()) {
      client.exchange("SET after before\r\n*x\r\nSET after error\r\n");
      assertThat(other.run("GET", "after")).isEqualTo("before");
    }
  }

  @Test
  void requestsMayBeCutAnywhere() throws Exception {
    String sent =
        request("SET", "cut", "value with \r\n in it")
            + "APPEND cut '!'\r\n"
            + request("GET", "cut")
            + "*0\r\n\r\n"
            + request("STRLEN", "cut");
    String answer = "+OK\r\n:20\r\n$20\r\nvalue with \r\n in it!\r\n:20\r\n";
    try (RawClient client = node.connect()) {
      for (int cut = 1; cut < sent.length(); cut++) {
        client.send(sent.substring(0, cut));
        // The other part comes alone: all that the first one asks for is answered before.
        int first = answersIn(client, sent.substring(0, cut));
        client.send(sent.substring(cut));
        assertThat(client.read(answer.length() - first)).isEqualTo(answer.substring(first));
      }
      for (char one : sent.toCharArray()) {
        client.send(String.valueOf(one));
      }
      assertThat(client.read(answer.length())).isEqualTo(answer);
    }
  }

  /** Reads the answers of what is complete in {@code sent}, and returns their length. */
  private static int answersIn(RawClient client, String sent) throws Exception {
    String[] ends = {"in it\r\n", "'!'\r\n", "GET\r\n$3\r\ncut\r\n", "STRLEN\r\n$3\r\ncut\r\n"};
    String[] answers = {"+OK\r\n", ":20\r\n", "$20\r\nvalue with \r\n in it!\r\n", ":20\r\n"};
    int length = 0;
    for (int i = 0; i < ends.length && sent.contains(ends[i]); i++) {
      assertThat(client.read(answers[i].length())).isEqualTo(answers[i]);
      length += answers[i].length();
    }
    return length;
  }

  @Test
  void pipelinesMayBeLongAndCutAtRandom() throws Exception {
    Random random = new Random(20_261_122);
    StringBuilder sent = new StringBuilder();
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      String value = "v" + i + "x".repeat(random.nextInt(40));
      sent.append(request("SET", "p" + i % 100, value)).append(request("GET", "p" + i % 100));
      answer.append("+OK\r\n$" + value.length() + "\r\n" + value + "\r\n");
    }
    try (RawClient client = node.connect();
        var writer = Executors.newSingleThreadExecutor()) {
      var done =
          writer.submit(
              () -> {
                for (int at = 0; at < sent.length(); ) {
                  int end = Math.min(sent.length(), at + 1 + random.nextInt(100_000));
                  client.send(sent.substring(at, end));
                  at = end;
                }
                return true;
              });
      assertThat(client.read(answer.length()).contentEquals(answer)).isTrue();
      assertThat(done.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void valuesMayBeHuge() throws Exception {
    String huge = "0123456789abcdef".repeat(HUGE / 16);
    try (RawClient client = node.connect()) {
      assertThat(client.run("SET", "huge", huge)).isEqualTo("+OK");
      assertThat(client.run("GET", "huge").equals(huge)).isTrue();
      assertThat(client.run("STRLEN", "huge")).isEqualTo(":" + HUGE);
      assertThat(client.run("DEL", "huge")).isEqualTo(":1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 5_000})
  void aPeerThatEndsItsSideIsAnsweredFirst(int requests) throws Exception {
    try (RawClient client = node.connect()) {
      client.send(request("INCR", "ended" + requests).repeat(requests));
      client.endInput();
      assertThat(client.readToEnd()).endsWith(":" + requests + "\r\n");
    }
  }

  @Test
  void allThatAPeerSentBeforeItLeftIsExecuted() throws Exception {
    try (RawClient watcher = node.connect()) {
      try (RawClient client = node.connect()) {
        client.send(request("INCR", "left").repeat(5_000) + "KEYS *\r\n" + request("INCR", "left"));
        client.endInput();
        client.readToEnd();
      }
      assertThat(watcher.run("GET", "left")).isEqualTo("5001");
    }
  }
}
