package io.hashslot.journal;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A place in the journal from which somebody reads on. {@link #take} is called by one thread at a
 * time. A reader keeps the bytes it has not taken yet from being dropped, up to its own limit; past
 * that the journal lets go of it ({@link #dropped}).
 */
public final class JournalReader implements AutoCloseable {
  private final Journal journal;
  private final Wakeup wake;

  /** Reads what is written here beside the stream; null: that is not wanted. */
  final @Nullable JournalReader local;

  private final AtomicBoolean armed = new AtomicBoolean();

  /** Guarded by the journal's lock. */
  long position;

  /** Nothing is given out from here on. */
  volatile long stop = Long.MAX_VALUE;

  /** Bytes this reader may fall behind before it is dropped. */
  final long lagLimitBytes;

  /** End of the journal when the reader saw it; written before {@link #armed}. */
  private long armedAt;

  volatile boolean closed;
  volatile boolean dropped;

  JournalReader(
      Journal journal,
      long position,
      @Nullable JournalReader local,
      long lagLimitBytes,
      Wakeup wake) {
    this.local = local;
    this.journal = journal;
    this.position = position;
    this.lagLimitBytes = lagLimitBytes;
    this.wake = wake;
  }

  /**
   * The next bytes, at most {@code maxBytes} and never across a chunk's border; null if there are
   * none now. After a null, {@link Journal#signal} runs the wake-up once as soon as more were
   * appended.
   */
  public @Nullable JournalSlice take(int maxBytes) {
    return journal.take(this, maxBytes);
  }

  /**
   * Ends what {@link #take} gives out at the journal's present end, until {@link #goOn}: somebody
   * else reads on from there. On a primary the stream says which database it stands in before the
   * next command.
   */
  public JournalMark stopHere() {
    return journal.stop(this);
  }

  /**
   * Ends what {@link #take} gives out at a position, which may lie behind what was taken. Any
   * thread; what is appended after this call is not given out if the position is the journal's end.
   */
  public void stopAt(long position) {
    stop = position;
  }

  /** Reads on after {@link #stopHere}. */
  public void goOn() {
    stop = Long.MAX_VALUE;
    if (local != null) {
      local.goOn();
    }
  }

  /** Position of the next byte {@link #take} would return. */
  public long position() {
    return journal.positionOf(this);
  }

  /** How many bytes of this server's own writes beside the stream lie before it. */
  public long localPosition() {
    return local == null ? 0 : local.position();
  }

  /** Bytes in the journal that this reader has not taken. */
  public long lagBytes() {
    return journal.lagOf(this);
  }

  /**
   * True once the reader fell further behind than its limit: it gets nothing more and has to be
   * closed.
   */
  public boolean dropped() {
    return dropped;
  }

  /** Takes the reader out; slices it took stay valid until they are closed. */
  @Override
  public void close() {
    journal.remove(this);
  }

  /** Called under the journal's lock when the reader has seen the end. */
  void arm(long end) {
    armedAt = end + localEnd();
    armed.set(true);
  }

  /** End of what this reader reads beside the stream. */
  private long localEnd() {
    return local == null ? 0 : local.journal.end();
  }

  /**
   * Called under the journal's lock: the reader gets nothing more, and its owner shall hear of it
   * at the next signal.
   */
  void drop() {
    if (!dropped) {
      dropped = true;
      armed.set(true);
    }
  }

  /** Runs the wake-up if the reader waits for it. Called without the lock. */
  void wakeIfBehind(long end, @Nullable Executor near) {
    if (armed.get()
        && (end + localEnd() != armedAt || dropped)
        && armed.compareAndSet(true, false)) {
      if (near == null) {
        wake.more();
      } else {
        wake.more(near);
      }
    }
  }
}
