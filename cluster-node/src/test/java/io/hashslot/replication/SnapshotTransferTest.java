package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotTransferTest {
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);
  private static final String MARK = "0123456789abcdef0123456789abcdef01234567";

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final SnapshotTransfer transfer =
      new SnapshotTransfer(
          (address, length) -> {
            byte[] bytes = new byte[length];
            UnsafeApi.copyMemory(null, address, bytes, BYTES, length);
            received.writeBytes(bytes);
          });

  @AfterEach
  void close() {
    transfer.close();
  }

  @Test
  void aSnapshotOfKnownLengthEndsWhereItSays() throws IOException {
    assertThat(receive("\n\n$5\r\nhel")).isEqualTo(9);
    assertThat(transfer.done()).isFalse();
    assertThat(transfer.totalBytes()).isEqualTo(5);
    assertThat(transfer.readBytes()).isEqualTo(3);
    assertThat(receive("lo*1\r\n")).as("the stream is left alone").isEqualTo(2);
    assertThat(transfer.done()).isTrue();
    assertThat(received.toString(StandardCharsets.ISO_8859_1)).isEqualTo("hello");
  }

  @Test
  void aSnapshotOfUnknownLengthEndsWithItsMarkHoweverItArrives() throws IOException {
    String payload = "REDIS" + MARK.substring(0, 39) + "rest";
    String all = "\r\n$EOF:" + MARK + "\r\n" + payload + MARK;
    for (int i = 0; i < all.length(); i++) {
      assertThat(transfer.done()).isFalse();
      receive(all.substring(i, i + 1));
    }
    assertThat(transfer.done()).isTrue();
    assertThat(received.toString(StandardCharsets.ISO_8859_1)).isEqualTo(payload);
    assertThat(transfer.totalBytes()).isEqualTo(-1);
  }

  @Test
  void aMarkInOnePieceWithThePayloadIsFound() throws IOException {
    receive("$EOF:" + MARK + "\r\nabc" + MARK);
    assertThat(transfer.done()).isTrue();
    assertThat(received.toString(StandardCharsets.ISO_8859_1)).isEqualTo("abc");
  }

  @Test
  void errorsAndNonsenseEndIt() {
    assertThatThrownBy(() -> receive("-ERR no\r\n")).hasMessageContaining("-ERR no");
    assertThatThrownBy(() -> receive("x".repeat(200))).isInstanceOf(IOException.class);
  }

  private int receive(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    long memory = UnsafeApi.allocateMemory(bytes.length);
    UnsafeApi.copyMemory(bytes, BYTES, null, memory, bytes.length);
    try {
      return transfer.receive(memory, bytes.length);
    } finally {
      UnsafeApi.freeMemory(memory);
    }
  }
}
