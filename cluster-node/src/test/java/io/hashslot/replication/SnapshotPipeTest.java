package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;

/** What goes in comes out, without more under way than is allowed. */
class SnapshotPipeTest {
  private static final int MEGABYTE = 1 << 20;

  private final List<Boolean> told = new ArrayList<>();
  private final SnapshotPipe pipe = new SnapshotPipe(told::add);

  private void write(byte[] bytes) {
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    pipe.write(BufferUtil.address(direct), bytes.length);
    BufferUtil.free(direct);
  }

  private byte[] read(int most) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(most);
    int count = pipe.read(target);
    return count < 0 ? new byte[0] : Arrays.copyOf(target.array(), count);
  }

  @Test
  void portionsOfAnySizeComeOutInOrder() throws IOException {
    Random random = new Random(42);
    byte[] all = new byte[100_000];
    random.nextBytes(all);
    for (int at = 0; at < all.length; ) {
      int n = Math.min(all.length - at, 1 + random.nextInt(5000));
      write(Arrays.copyOfRange(all, at, at + n));
      at += n;
    }
    pipe.end();
    ByteBuffer out = ByteBuffer.allocate(all.length + 1);
    ByteBuffer some = ByteBuffer.allocate(777);
    while (pipe.read(some) >= 0) {
      out.put(some.flip());
      some.clear();
    }
    assertThat(Arrays.copyOf(out.array(), out.position())).isEqualTo(all);
    assertThat(told).isEmpty();
  }

  @Test
  void theWriterIsToldToPauseAndToGoOn() throws IOException {
    for (int i = 0; i < 9; i++) {
      write(new byte[MEGABYTE]);
    }
    assertThat(told).containsExactly(false);
    assertThat(pipe.stopped()).isTrue();
    for (int i = 0; i < 7; i++) {
      assertThat(read(MEGABYTE)).hasSize(MEGABYTE);
      assertThat(told).containsExactly(false);
    }
    assertThat(read(MEGABYTE)).hasSize(MEGABYTE);
    assertThat(told).containsExactly(false, true);
    assertThat(pipe.stopped()).isFalse();
  }

  @Test
  void aReaderWaitsUntilSomethingComes() throws Exception {
    try (var reader = Executors.newSingleThreadExecutor()) {
      Future<byte[]> reading = reader.submit(() -> read(10));
      write(new byte[] {1, 2, 3});
      assertThat(reading.get(60, TimeUnit.SECONDS)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aLostLinkIsToldToTheReaderThoughThereIsMoreToRead() {
    write(new byte[] {1, 2, 3});
    pipe.fail("lost");
    assertThatThrownBy(() -> read(10)).isInstanceOf(IOException.class).hasMessage("lost");
    assertThat(pipe.isOpen()).isFalse();
  }
}
