package io.hashslot.journal;

import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The readers of a journal. Guarded by its lock, but for what any thread may call. */
final class Readers {
  private static final JournalReader[] NOBODY = {};

  private volatile JournalReader[] all = NOBODY;

  boolean isEmpty() {
    return all.length == 0;
  }

  void add(JournalReader reader) {
    JournalReader[] more = Arrays.copyOf(all, all.length + 1);
    more[more.length - 1] = reader;
    all = more;
  }

  void remove(JournalReader reader) {
    JournalReader[] now = all;
    for (int i = 0; i < now.length; i++) {
      if (now[i] == reader) {
        JournalReader[] fewer = Arrays.copyOf(now, now.length - 1);
        System.arraycopy(now, i + 1, fewer, i, now.length - 1 - i);
        all = fewer.length == 0 ? NOBODY : fewer;
        return;
      }
    }
  }

  /** Wakes who waited and has more now. Any thread, without the lock. */
  void wake(long end, @Nullable Executor near) {
    for (JournalReader reader : all) {
      reader.wakeIfBehind(end, near);
    }
  }

  /** Drops all: they stay listed until their owners, woken by the next signal, close them. */
  void drop() {
    for (JournalReader reader : all) {
      reader.drop();
    }
  }

  /** Drops those that are further behind than they may be. */
  void dropTooFarBehind(long end) {
    for (JournalReader reader : all) {
      if (end - reader.position > reader.lagLimitBytes) {
        reader.drop();
      }
    }
  }

  /** Position of the slowest one, at most {@code limit}. */
  long slowest(long limit) {
    long lowest = limit;
    for (JournalReader reader : all) {
      if (!reader.dropped) {
        lowest = Math.min(lowest, reader.position);
      }
    }
    return lowest;
  }

  /** Whether somebody wants what is written beside the stream, too. */
  boolean readBeside() {
    return slowestBeside() < Long.MAX_VALUE;
  }

  /** Up to where all who want it have read what is written beside the stream. */
  long slowestBeside() {
    long lowest = Long.MAX_VALUE;
    for (JournalReader reader : all) {
      if (reader.local != null && !reader.dropped) {
        lowest = Math.min(lowest, reader.local.position());
      }
    }
    return lowest;
  }
}
