package io.hashslot.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewTest {
  private static final String GET = "*2\r\n$3\r\nGET\r\n$4\r\nkey1\r\n";
  private static final String SET = "*3\r\n$3\r\nSET\r\n$4\r\nkey2\r\n$5\r\nvalue\r\n";
  private static final String PING = "*1\r\n$4\r\nPING\r\n";

  private final Preview preview = new Preview();

  @Test
  void findsTheFirstArgumentsOfWholeRequests() {
    assertThat(skim(GET + PING + SET + GET.substring(0, 15))).containsExactly("key1", "key2 value");
    assertThat(skimmed(GET + PING + SET + GET.substring(0, 15)))
        .isEqualTo((GET + PING + SET).length());
  }

  @Test
  void stopsAfterSoManyRequests() {
    assertThat(skim(GET.repeat(100))).hasSize(Preview.MAX);
    assertThat(skimmed(GET.repeat(100))).isEqualTo(GET.length() * Preview.MAX);
    assertThat(skim(PING.repeat(100))).isEmpty();
    assertThat(skimmed(PING.repeat(100))).isEqualTo(PING.length() * Preview.MAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET key\r\n",
        "*0\r\n",
        "*-1\r\n",
        "*10\r\n$3\r\nDEL\r\n",
        "*2\r\n$-1\r\n$1\r\na\r\n",
        "*2\r\n$3\r\nGET\r\n$1000\r\n",
        "*2\r\n$3\r\nGET\r\n$99999999999999\r\n",
        "*2\r\n$3\r\nGET\r\n$x\r\na\r\n",
        "*2\r\n$3\r\nGET\r\n:5\r\n",
        "*x\r\n$3\r\nGET\r\n"
      })
  void stopsBeforeAnythingUnusual(String unusual) {
    assertThat(skim(GET + unusual + GET)).containsExactly("key1");
    assertThat(skimmed(GET + unusual + GET)).isEqualTo(GET.length());
  }

  @Test
  void readsNothingBehindTheEnd() {
    String stream = SET + GET;
    for (int length = 0; length < stream.length(); length++) {
      // What follows the end would complete the request.
      assertThat(skim(stream, 0, length)).hasSize(length < SET.length() ? 0 : 1);
    }
  }

  @Test
  void findsWhatTheParserFinds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      StringBuilder stream = new StringBuilder();
      int requests = random.nextInt(1, 12);
      for (int i = 0; i < requests; i++) {
        int arguments = random.nextInt(1, 10);
        stream.append('*').append(arguments).append("\r\n");
        for (int k = 0; k < arguments; k++) {
          String body = "x".repeat(random.nextInt(random.nextBoolean() ? 12 : 400));
          stream.append('$').append(body.length()).append("\r\n").append(body).append("\r\n");
        }
      }
      int limit = random.nextInt(stream.length() + 1);
      assertThat(skim(stream.toString(), 0, limit))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(parsed(stream.toString(), limit));
    }
  }

  private List<String> skim(String stream) {
    return skim(stream, 0, stream.length());
  }

  private int skimmed(String stream) {
    int[] end = new int[1];
    withBytes(stream, base -> end[0] = preview.skim(base, 0, stream.length()));
    return end[0];
  }

  private List<String> skim(String stream, int from, int limit) {
    List<String> found = new ArrayList<>();
    withBytes(
        stream,
        base -> {
          preview.skim(base, from, limit);
          for (int i = 0; i < preview.count(); i++) {
            List<String> arguments = new ArrayList<>();
            for (int k = 0; k < Preview.ARGUMENTS && preview.length(i, k) >= 0; k++) {
              int at = (int) (preview.address(i, k) - base);
              arguments.add(stream.substring(at, at + preview.length(i, k)));
            }
            found.add(String.join(" ", arguments));
          }
        });
    return found;
  }

  private static List<String> parsed(String stream, int limit) {
    List<String> found = new ArrayList<>();
    RequestParser parser = new RequestParser();
    withBytes(
        stream,
        base -> {
          for (Request r = parser.next(base, limit); r != null; r = parser.next(base, limit)) {
            List<String> arguments = new ArrayList<>();
            for (int i = 1; i < Math.min(r.count(), Preview.ARGUMENTS + 1); i++) {
              arguments.add(r.text(i));
            }
            if (!arguments.isEmpty()) {
              found.add(String.join(" ", arguments));
            }
            parser.accept();
          }
        });
    parser.release();
    return found;
  }

  private interface Use {
    void of(long base);
  }

  private static void withBytes(String stream, Use use) {
    byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
    long base = UnsafeApi.allocateMemory(bytes.length + 1);
    UnsafeApi.copyMemory(bytes, UnsafeApi.arrayBaseOffset(byte[].class), null, base, bytes.length);
    try {
      use.of(base);
    } finally {
      UnsafeApi.freeMemory(base);
    }
  }
}
