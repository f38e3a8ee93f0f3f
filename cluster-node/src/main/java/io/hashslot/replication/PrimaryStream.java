package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.ProtocolException;
import io.hashslot.resp.Request;
import io.hashslot.resp.RequestParser;
import java.util.function.BooleanSupplier;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * The primary's stream on its way into this server: bytes in; commands to the {@link Applier}, the
 * very bytes to the journal, acknowledgements back.
 *
 * <p>Offsets: the <em>read</em> offset counts all bytes that came. The <em>processed</em> offset is
 * the journal's end: it moves when a command outside a transaction has run, or when EXEC has,
 * always to the end of that command. So whoever continues from the processed offset, we after a
 * reconnect or a replica of ours, never sees half a transaction.
 *
 * <p>{@link Journal#streamTurn} is under way from before a command is tried until its bytes are in
 * the journal: whoever holds all shards and sees none sees data and journal at the same position.
 */
public final class PrimaryStream {
  private static final int INITIAL_BYTES = 64 * 1024;

  /** A buffer that grew beyond this for one large command is given back when it is empty. */
  private static final int KEPT_BYTES = 1 << 20;

  /** Where acknowledgements go. */
  @FunctionalInterface
  public interface Acknowledgements {
    /** The primary asked for the processed offset now. */
    void asked(long processedOffset);

    /** What came in one piece is processed, up to this offset. */
    default void processed(long processedOffset) {}

    /** From here on writes are safe by this rule. */
    default void rule(AckRule rule) {}
  }

  private final Journal journal;
  private final Applier applier;
  private final Acknowledgements acknowledgements;
  private final BooleanSupplier halted;
  private final RequestParser parser = new RequestParser();

  private long buffer = UnsafeApi.allocateMemory(INITIAL_BYTES);
  private int capacity = INITIAL_BYTES;
  private int limit;

  /** Bytes that came while a command waited. */
  private final NativeOutput held = new NativeOutput(16);

  /** Bytes of the buffer that are in the journal already. */
  private int journalled;

  private @Nullable Request pending;
  private volatile long readOffset;

  /**
   * The journal must {@linkplain Journal#follow follow} and stand at the offset from which the
   * stream comes.
   *
   * @param halted once true nothing more is applied: the server has another role or another primary
   */
  public PrimaryStream(
      Journal journal, Applier applier, Acknowledgements acknowledgements, BooleanSupplier halted) {
    this.journal = journal;
    this.applier = applier;
    this.acknowledgements = acknowledgements;
    this.halted = halted;
    readOffset = journal.end();
  }

  /**
   * Takes bytes that came, and executes what is complete.
   *
   * @return false if a command waits for its shards: do not read more from the primary until {@link
   *     #resume} returned true
   * @throws ProtocolException if this is not a replication stream: the link must be closed and its
   *     position forgotten
   */
  public boolean receive(long address, int length) {
    readOffset += length;
    if (pending != null) {
      // The waiting command points into the buffer, which must not move.
      held.put(address, length);
      return false;
    }
    append(address, length);
    return run();
  }

  /** Goes on with the command that waited; result as of {@link #receive}. */
  public boolean resume() {
    if (!run()) {
      return false;
    }
    if (held.position() == 0) {
      return true;
    }
    append(held.address(), held.position());
    held.position(0);
    return run();
  }

  /** Offset up to which bytes came. */
  public long readOffset() {
    return readOffset;
  }

  /**
   * Gives the memory back. Bytes of incomplete commands and transactions are forgotten: they will
   * be asked for again.
   */
  public void close() {
    parser.release();
    held.release();
    UnsafeApi.freeMemory(buffer);
    buffer = 0;
    capacity = 0;
  }

  private boolean run() {
    try {
      while (true) {
        Request command = pending != null ? pending : next();
        if (command == null) {
          compact();
          return true;
        }
        if (!execute(command)) {
          pending = command;
          return false;
        }
        pending = null;
      }
    } finally {
      applier.batchEnd();
      acknowledgements.processed(journal.end());
    }
  }

  private @Nullable Request next() {
    if (!parser.midRequest()) {
      int at = parser.consumed();
      while (at < limit && isLineEnd(UnsafeApi.getByte(buffer + at))) {
        at++;
      }
      if (at < limit && UnsafeApi.getByte(buffer + at) != '*') {
        throw new ProtocolException("inline command in a replication stream");
      }
    }
    return parser.next(buffer, limit);
  }

  /** Returns false if the command has to wait. */
  private boolean execute(Request command) {
    // Who halts sets the mark and then waits until nothing is being applied; so one of us sees the
    // other.
    journal.streamTurn().begins();
    try {
      if (halted.getAsBoolean() || !applied(command)) {
        return false;
      }
      parser.accept();
      if (!applier.inTransaction()) {
        int to = parser.consumed();
        journal.appendStream(applier.database(), buffer + journalled, to - journalled);
        journalled = to;
      }
      return true;
    } finally {
      journal.streamTurn().isOver();
    }
  }

  private boolean applied(Request command) {
    if (command.is(0, "PING")) {
      return true;
    }
    if (command.is(0, "REPLCONF")) {
      if (!applier.inTransaction() && command.count() > 1 && command.is(1, "GETACK")) {
        acknowledgements.asked(journal.end());
      } else if (command.count() > 1 && command.is(1, AckRule.WORD)) {
        AckRule rule = AckRule.parse(command);
        if (rule != null) {
          acknowledgements.rule(rule);
        }
      }
      return true;
    }
    return applier.apply(command);
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  /**
   * Moves half a command to the front. A transaction that has not ended stays where it is: its
   * bytes are still needed for the journal.
   */
  private void compact() {
    if (journalled == 0 || parser.consumed() != journalled) {
      return;
    }
    int kept = limit - journalled;
    if (kept > 0) {
      UnsafeApi.copyMemory(buffer + journalled, buffer, kept);
    }
    limit = kept;
    parser.movedToBase();
    journalled = 0;
    if (kept == 0 && capacity > KEPT_BYTES) {
      UnsafeApi.freeMemory(buffer);
      buffer = UnsafeApi.allocateMemory(INITIAL_BYTES);
      capacity = INITIAL_BYTES;
    }
  }

  private void append(long address, int length) {
    ensure(length);
    UnsafeApi.copyMemory(address, buffer + limit, length);
    limit += length;
  }

  private void ensure(int more) {
    long needed = (long) limit + more;
    if (needed > Integer.MAX_VALUE - 64) {
      throw new IllegalStateException(
          "transaction or command of more than 2 GB in the replication stream");
    }
    if (needed > capacity) {
      long grown = Math.min(Integer.MAX_VALUE - 64, Math.max(needed, capacity * 2L));
      buffer = UnsafeApi.reallocateMemory(buffer, grown);
      capacity = (int) grown;
    }
  }
}
