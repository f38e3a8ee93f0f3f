package io.hashslot.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EffectsTest {
  private final Effects effects = new Effects();

  @AfterEach
  void free() {
    effects.close();
  }

  @Test
  void oneCommandStandsBare() {
    effects
        .command(0, "SET", 4)
        .argument("k")
        .argument(new byte[] {0, 1})
        .argument("PXAT")
        .argument(1234567890123L);
    assertThat(sealed())
        .isEqualTo(
            "*5\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\n\0\1\r\n$4\r\nPXAT\r\n$13\r\n1234567890123\r\n");
    assertThat(effects.firstDb()).isZero();
    assertThat(effects.lastDb()).isZero();
  }

  @Test
  void severalCommandsBecomeATransaction() {
    effects.command(2, "DEL", 1).argument("k");
    effects.command(2, "INCR", 1).argument("k");
    assertThat(sealed())
        .isEqualTo(
            "*1\r\n"
                + "$5\r\n"
                + "MULTI\r\n"
                + "*2\r\n"
                + "$3\r\n"
                + "DEL\r\n"
                + "$1\r\n"
                + "k\r\n"
                + "*2\r\n"
                + "$4\r\n"
                + "INCR\r\n"
                + "$1\r\n"
                + "k\r\n"
                + "*1\r\n"
                + "$4\r\n"
                + "EXEC\r\n");
  }

  @Test
  void independentCommandsAreNotWrapped() {
    effects.command(0, "DEL", 1).argument("a");
    effects.command(0, "DEL", 1).argument("b");
    effects.unwrapped();
    assertThat(sealed()).isEqualTo("*2\r\n$3\r\nDEL\r\n$1\r\na\r\n*2\r\n$3\r\nDEL\r\n$1\r\nb\r\n");
  }

  @Test
  void aChangeOfDatabaseInsideIsSelected() {
    effects.command(0, "DEL", 1).argument("a");
    effects.command(-1, "PING", 0);
    effects.command(11, "DEL", 1).argument("b");
    assertThat(sealed())
        .contains(
            "$1\r\n"
                + "a\r\n"
                + "*1\r\n"
                + "$4\r\n"
                + "PING\r\n"
                + "*2\r\n"
                + "$6\r\n"
                + "SELECT\r\n"
                + "$2\r\n"
                + "11\r\n"
                + "*2\r\n"
                + "$3\r\n"
                + "DEL\r\n"
                + "$1\r\n"
                + "b\r\n");
    assertThat(effects.firstDb()).isZero();
    assertThat(effects.lastDb()).isEqualTo(11);
  }

  @Test
  void numbersAreWrittenInFullRange() {
    effects
        .command(0, 4)
        .argument(0)
        .argument(Long.MIN_VALUE)
        .argument(Long.MAX_VALUE)
        .argument(-10);
    assertThat(sealed())
        .isEqualTo(
            "*4\r\n"
                + "$1\r\n"
                + "0\r\n"
                + "$20\r\n"
                + "-9223372036854775808\r\n"
                + "$19\r\n"
                + "9223372036854775807\r\n"
                + "$3\r\n"
                + "-10\r\n");
  }

  @Test
  void largeValuesGrowTheBufferAndResetForgetsThem() {
    String value = "x".repeat(1_000_000);
    try (NativeBytes bytes = new NativeBytes(value)) {
      effects.command(0, "SET", 2).argument("k").argument(bytes.address, bytes.length);
      assertThat(sealed()).isEqualTo("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000000\r\n" + value + "\r\n");
    }
    effects.reset();
    effects.verbatim(3, 0, 0);
    assertThat(effects.commands()).isEqualTo(1);
    assertThat(effects.firstDb()).isEqualTo(3);
    assertThat(sealed()).isEmpty();
  }

  @Test
  void bytesAreKeptAsTheyAre() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    effects.command(0, 1).argument(all);
    assertThat(sealed())
        .isEqualTo("*1\r\n$256\r\n" + new String(all, StandardCharsets.ISO_8859_1) + "\r\n");
  }

  private String sealed() {
    effects.seal();
    return NativeBytes.read(effects.address(), effects.length());
  }
}
