package io.hashslot.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyScannerTest {

  private static NativeBuffer memory(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    NativeBuffer memory = NativeBuffer.allocate(bytes.length + 1);
    memory.bytes().put(bytes);
    return memory;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+OK\r\n",
        "-ERR no\r\n",
        ":42\r\n",
        "$-1\r\n",
        "$0\r\n\r\n",
        "$4\r\na\r\nb\r\n",
        "_\r\n",
        "$16\r\n0123456789abcdef\r\n",
        "*0\r\n",
        "*-1\r\n",
        "*2\r\n$1\r\na\r\n*1\r\n:1\r\n"
      })
  void shouldFindTheEndOfAReplyAndOfNoneOfItsBeginnings(String reply) {
    NativeBuffer memory = memory(reply + "+");
    long from = memory.address();

    assertThat(ReplyScanner.end(from, from + reply.length())).isEqualTo(from + reply.length());
    assertThat(ReplyScanner.end(from, from + reply.length() + 1)).isEqualTo(from + reply.length());
    for (int length = 0; length < reply.length(); length++) {
      assertThat(ReplyScanner.end(from, from + length))
          .as("the first %d bytes", length)
          .isEqualTo(ReplyScanner.INCOMPLETE);
    }
  }

  @Test
  void shouldRefuseBytesThatAreNoReply() {
    NativeBuffer memory = memory("HTTP/1.1\r\n");

    assertThatThrownBy(() -> ReplyScanner.end(memory.address(), memory.address() + 10))
        .isInstanceOf(LoadFailure.class);
  }

  @Test
  void shouldRefuseALengthThatIsNoNumber() {
    NativeBuffer memory = memory("$1x\r\n");

    assertThatThrownBy(() -> ReplyScanner.end(memory.address(), memory.address() + 5))
        .isInstanceOf(LoadFailure.class);
  }
}
