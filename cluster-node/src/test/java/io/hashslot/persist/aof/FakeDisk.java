package io.hashslot.persist.aof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A disk that fills up, fails to sync, or takes its time, as a test says. */
final class FakeDisk implements AppendedFile.Opener {
  /** Bytes it still takes. */
  volatile long room = Long.MAX_VALUE;

  volatile boolean failsToSync;

  /** Syncs take no time: nothing is synced. */
  volatile boolean instant;

  volatile boolean failsToTruncate;
  volatile int syncs;

  /** Writes wait for it. */
  volatile CountDownLatch write = new CountDownLatch(0);

  /** Whether a write came to the latch; stays so. */
  volatile boolean writeBegan;

  /** Syncs wait for it. */
  volatile CountDownLatch sync = new CountDownLatch(0);

  @Override
  public AppendedFile open(Path path) throws IOException {
    AppendedFile real = SYSTEM.open(path);
    return new AppendedFile() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        writeBegan = true;
        passing(write);
        if (room == 0) {
          throw new IOException("No space left on device");
        }
        int limit = bytes.limit();
        int n = (int) Math.min(room, bytes.remaining());
        bytes.limit(bytes.position() + n);
        real.write(bytes);
        bytes.limit(limit);
        room -= n;
      }

      @Override
      public void force() throws IOException {
        passing(sync);
        if (failsToSync) {
          throw new IOException("Input/output error");
        }
        if (!instant) {
          real.force();
        }
        countSync();
      }

      @Override
      public void truncate(long size) throws IOException {
        if (failsToTruncate) {
          throw new IOException("Input/output error");
        }
        real.truncate(size);
      }

      @Override
      public long size() throws IOException {
        return real.size();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  private static void passing(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  private synchronized void countSync() {
    int before = syncs;
    syncs = before + 1;
  }
}
