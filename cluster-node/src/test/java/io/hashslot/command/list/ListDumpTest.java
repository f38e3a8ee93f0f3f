package io.hashslot.command.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import io.hashslot.command.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as DUMP and RESTORE show them: payloads were made by redis-server and valkey-server. */
class ListDumpTest extends CommandTest {
  /** {@code RPUSH k a}, by redis-server 7.0.15. */
  private static final String ONE = "1201020a0a0000000100816102ff0a0009b9edf594ded995";

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldDumpTheBytesOfTheServers() {
    run("RPUSH", "k", "a");
    run("DUMP", "k").repliesBulk(bytes(ONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE, "1201020a0a0000000100816102ff0b00606650866941301c"})
  void shouldRestoreWhatTheServersDump(String payload) {
    run("RESTORE", "k", "0", bytes(payload)).replies("+OK").fires("new:k", "restore:k");
    run("LRANGE", "k", "0", "-1").replies("*1", "$1", "a");
    run("OBJECT", "ENCODING", "k").repliesBulk("listpack");
  }

  @Test
  void shouldRestoreEachKindOfNumber() {
    String payload =
        "120102c333406d186d00000009008161020101dfff02f1001003f200800004f30020050105f4201c0080"
            + "20030600098001e04078e036000142ff0a00863d466faee83dbd";
    run("RESTORE", "k", "0", bytes(payload)).replies("+OK");
    Outcome range = run("LRANGE", "k", "0", "-1");
    assertThat(range.reply())
        .isEqualTo(
            "*9\r\n$1\r\na\r\n$1\r\n1\r\n$2\r\n-1\r\n$4\r\n4096\r\n$5\r\n32768\r\n$7\r\n8388608"
                + "\r\n$10\r\n2147483648\r\n$0\r\n\r\n$64\r\n"
                + "x".repeat(64)
                + "\r\n");
  }

  @Test
  void shouldJoinSmallChunksOnlyIfThereIsOne() {
    String payload =
        "1203020d0d0000000200816102816202ff020d0d0000000200816302816402ff020a0a00000001008165"
            + "02ff0a00ec5236a76020a1db";
    run("RESTORE", "k", "0", bytes(payload)).replies("+OK");
    run("OBJECT", "ENCODING", "k").repliesBulk("quicklist");
    run("LRANGE", "k", "0", "-1")
        .replies("*5", "$1", "a", "$1", "b", "$1", "c", "$1", "d", "$1", "e");
    run("DUMP", "k").repliesBulk(bytes(payload));
  }

  @Test
  void shouldGiveBackWhatItDumped() {
    for (int i = 0; i < 2000; i++) {
      run("RPUSH", "k", i % 100 == 7 ? "large".repeat(i * 2) : "element " + i);
    }
    run("RESTORE", "copy", "0", bulk(run("DUMP", "k"))).replies("+OK");
    String whole = run("LRANGE", "k", "0", "-1").reply();
    assertThat(run("LRANGE", "copy", "0", "-1").reply()).isEqualTo(whole);
    run("COPY", "k", "{k}2");
    run("RENAME", "{k}2", "{k}3");
    assertThat(run("LRANGE", "{k}3", "0", "-1").reply()).isEqualTo(whole);
    run("UNLINK", "k").replies(":1");
    run("LLEN", "copy").replies(":2000");
  }

  private static String bulk(Outcome outcome) {
    String reply = outcome.reply();
    return reply.substring(reply.indexOf('\n') + 1, reply.length() - 2);
  }
}
