package io.hashslot.persist.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RdbWriterTest {
  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    String large = "0123456789abcdef".repeat(20_000);
    try (RdbWriter writer = new RdbWriter(Channels.newChannel(file), true, true)) {
      writer.begin(10);
      writer.aux("redis-ver", "7.2.0");
      writer.aux("redis-bits", "64");
      writer.function("#!lua name=x\n".getBytes(StandardCharsets.UTF_8));
      writer.selectDb(0);
      writer.sizeHint(3, 1);
      put(writer, "k", -1, "v");
      put(writer, "", 4102444800000L, "-12");
      put(writer, "large", -1, large);
      writer.selectDb(15);
      put(writer, "12345", -1, "");
      writer.end();
      assertThat(writer.bytes()).isEqualTo(file.size());
    }
    assertThat(file.size()).isLessThan(10_000);
    Collected read = Collected.from(file.toByteArray());
    assertThat(read.aux)
        .containsExactly(List.of("redis-ver", "7.2.0"), List.of("redis-bits", "64"));
    assertThat(read.functions).containsExactly("#!lua name=x\n");
    assertThat(read.entries)
        .hasSize(4)
        .containsEntry("db0:k", new Collected.Value("v", -1, -1, -1))
        .containsEntry("db0:", new Collected.Value("-12", 4102444800000L, -1, -1))
        .containsEntry("db0:large", new Collected.Value(large, -1, -1, -1))
        .containsEntry("db15:12345", new Collected.Value("", -1, -1, -1));
  }

  @Test
  void aFailingChannelIsReportedAsItIs() {
    IOException full = new IOException("No space left on device");
    WritableByteChannel channel =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer source) throws IOException {
            throw full;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    try (RdbWriter writer = new RdbWriter(channel, false, true)) {
      assertThatThrownBy(
              () -> {
                writer.begin(11);
                put(writer, "k", -1, "x".repeat(200_000));
              })
          .isSameAs(full);
    }
  }

  @Test
  void withoutChecksumTheTrailerIsZero() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (RdbWriter writer = new RdbWriter(Channels.newChannel(file), false, false)) {
      writer.begin(11);
      put(writer, "k", -1, "v");
      writer.end();
    }
    byte[] bytes = file.toByteArray();
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 9, bytes.length))
        .containsExactly(0xff, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(Collected.from(bytes).entries).containsOnlyKeys("db0:k");
  }

  static void put(RdbWriter writer, String key, long expireAtMs, String value) throws IOException {
    try (NativeMemory k = new NativeMemory(key.getBytes(StandardCharsets.ISO_8859_1));
        NativeMemory v = new NativeMemory(value.getBytes(StandardCharsets.ISO_8859_1))) {
      writer.entry(Rdb.TYPE_STRING, k.address, k.length, expireAtMs, v.address, v.length);
    }
  }
}
