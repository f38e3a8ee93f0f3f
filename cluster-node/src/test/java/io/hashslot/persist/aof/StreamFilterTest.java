package io.hashslot.persist.aof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamFilterTest {
  private static final String SET = command("SET", "k", "v\r\n*1\r\n$4\r\nPING\r\n");
  private static final String PING = command("PING");

  private final StreamFilter filter = new StreamFilter();

  private static String command(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  private String pass(String bytes, long second) {
    List<ByteBuffer> kept = new ArrayList<>();
    filter.split(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)), second, kept);
    StringBuilder text = new StringBuilder();
    kept.forEach(part -> text.append(ISO_8859_1.decode(part)));
    return text.toString();
  }

  @Test
  void whatIsForReplicasAloneIsLeftOut() {
    for (String dropped :
        List.of(
            PING,
            command("ping"),
            command("REPLCONF", "GETACK", "*"),
            command("PUBLISH", "channel", "message"),
            command("CLUSTER", "SETSLOT", "12", "stable"),
            command("cluster", "setslot", "12", "node", "a".repeat(40)),
            command("spublish", "channel", "message"))) {
      assertThat(pass(SET + dropped + SET, -1)).isEqualTo(SET + SET);
      assertThat(pass(dropped, -1)).isEmpty();
      assertThat(filter.atBorder()).isTrue();
    }
  }

  @Test
  void namesThatBeginAlikeAreKept() {
    String kept =
        command("PINGPONG")
            + command("EX")
            + command("P")
            + command("PUBSUB", "x")
            + command("CLUSTER")
            + command("CLUSTERS", "SETSLOT")
            + command("CLUSTER", "SETSLOTS")
            + command("CLUSTER", "SYNCSLOTS", "x");
    assertThat(pass(kept, -1)).isEqualTo(kept);
  }

  @Test
  void emptyLinesBetweenCommandsAreLeftOut() {
    assertThat(pass("\r\n\n" + SET + "\n" + SET + "\r\n", -1)).isEqualTo(SET + SET);
  }

  @Test
  void itMakesNoDifferenceHowTheStreamIsCut() {
    String[] commands = {
      SET,
      PING,
      command("MULTI"),
      command("EXEC"),
      command("PUBLISH", "c", "m"),
      command("SELECT", "3"),
      command("CLUSTER", "SETSLOT", "12", "stable"),
      command("CLUSTER", "SYNCSLOTS", "FINISH"),
      command("A", ""),
      command("REPLCONF", "GETACK", "*"),
      command("APPENDMANY", "x".repeat(300))
    };
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder all = new StringBuilder();
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        String one = commands[random.nextInt(commands.length)];
        all.append(one);
        if (!one.matches("(?s).*(PUBLISH|REPLCONF|SETSLOT).*") && !one.equals(PING)) {
          expected.append(one);
        }
      }
      StringBuilder kept = new StringBuilder();
      int most = 1 + random.nextInt(60);
      for (int at = 0; at < all.length(); ) {
        int to = Math.min(all.length(), at + 1 + random.nextInt(most));
        kept.append(pass(all.substring(at, to), -1));
        at = to;
      }
      assertThat(kept.toString()).as("seed %s", seed).isEqualTo(expected.toString());
    }
  }

  @Test
  void theTimeStandsBetweenCommandsAndNotWithinTransactions() {
    String transaction = command("MULTI") + SET + command("EXEC");
    assertThat(pass(SET + SET, 7)).isEqualTo("#TS:7\r\n" + SET + SET);
    assertThat(pass(SET, 7)).isEqualTo(SET);
    assertThat(pass(SET.substring(0, 20), 8)).isEqualTo("#TS:8\r\n" + SET.substring(0, 20));
    assertThat(pass(SET.substring(20), 9)).isEqualTo(SET.substring(20));
    assertThat(pass(command("MULTI"), 9)).isEqualTo("#TS:9\r\n" + command("MULTI"));
    assertThat(pass(SET + command("EXEC") + transaction, 10))
        .isEqualTo(SET + command("EXEC") + "#TS:10\r\n" + transaction);
  }

  @Test
  void aBorderIsWhereNeitherACommandNorATransactionIsOpen() {
    assertThat(filter.atBorder()).isTrue();
    var unused = pass(SET.substring(0, 5), -1);
    assertThat(filter.atBorder()).isFalse();
    unused = pass(SET.substring(5), -1);
    assertThat(filter.atBorder()).isTrue();
    unused = pass(command("MULTI") + SET, -1);
    assertThat(filter.atBorder()).isFalse();
    unused = pass(command("EXEC"), -1);
    assertThat(filter.atBorder()).isTrue();
  }
}
