package io.hashslot.journal;

import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;

/**
 * What one execution changed, as RESP commands in direct memory: encoded by command bodies,
 * appended to the {@link Journal} in one piece. Reused for the next execution after {@link #reset}.
 * Belongs to one thread.
 *
 * <p>Exactly one command stands bare; several are wrapped in MULTI and EXEC, unless {@link
 * #unwrapped} was called. The room for MULTI is kept free at the front, so nothing moves when the
 * second command comes. A command in another database than the one before it is preceded by SELECT;
 * the first command's SELECT is the journal's business.
 */
public final class Effects implements AutoCloseable {
  private static final byte[] MULTI = ascii("*1\r\n$5\r\nMULTI\r\n");
  private static final byte[] EXEC = ascii("*1\r\n$4\r\nEXEC\r\n");
  private static final byte[] SELECT = ascii("SELECT");
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);
  private static final int INITIAL_BYTES = 4096;

  /** A buffer that grew beyond this for one large value is given back at the next reset. */
  private static final int KEPT_BYTES = 256 * 1024;

  /** Longest header: a type byte, twenty digits, CR LF. */
  private static final int HEADER_BYTES = 24;

  private long buffer = UnsafeApi.allocateMemory(INITIAL_BYTES);
  private long capacity = INITIAL_BYTES;
  private long limit = MULTI.length;
  private long from;
  private int commands;
  private int firstDb = -1;
  private int lastDb = -1;
  private boolean wrap = true;
  private boolean sealed;
  private boolean wanted = true;

  /**
   * Says whether anybody will read what follows; if not, nothing is kept of it. True at first, and
   * not changed by {@link #reset}.
   */
  public void wanted(boolean byAnybody) {
    wanted = byAnybody;
  }

  /** Whether what is written here is kept: bodies ask before they make texts of their own. */
  public boolean wanted() {
    return wanted;
  }

  /** Forgets everything, keeping the buffer. */
  public void reset() {
    if (capacity > KEPT_BYTES) {
      UnsafeApi.freeMemory(buffer);
      buffer = UnsafeApi.allocateMemory(INITIAL_BYTES);
      capacity = INITIAL_BYTES;
    }
    limit = MULTI.length;
    commands = 0;
    firstDb = -1;
    lastDb = -1;
    wrap = true;
    sealed = false;
  }

  /**
   * Begins a command; exactly {@code count} arguments must follow, the name being the first.
   *
   * @param db database it ran in, or -1 for commands that belong to none
   */
  public Effects command(int db, int count) {
    if (!wanted) {
      return this;
    }
    enter(db);
    header('*', count);
    return this;
  }

  /** Begins a command with its name, ASCII; {@code arguments} more must follow. */
  public Effects command(int db, String name, int arguments) {
    return command(db, arguments + 1).argument(name);
  }

  /** An argument from native memory. */
  public Effects argument(long address, long length) {
    if (!wanted) {
      return this;
    }
    header('$', length);
    ensure(length + 2);
    UnsafeApi.copyMemory(address, buffer + limit, length);
    limit += length;
    return crlf();
  }

  /** An argument of arbitrary bytes. */
  public Effects argument(byte[] bytes) {
    if (!wanted) {
      return this;
    }
    header('$', bytes.length);
    raw(bytes);
    return crlf();
  }

  /** An argument of ASCII text. */
  public Effects argument(String ascii) {
    if (!wanted) {
      return this;
    }
    int length = ascii.length();
    header('$', length);
    ensure(length + 2L);
    for (int i = 0; i < length; i++) {
      UnsafeApi.putByte(buffer + limit++, (byte) ascii.charAt(i));
    }
    return crlf();
  }

  /** An argument that is the decimal text of a number. */
  public Effects argument(long number) {
    if (!wanted) {
      return this;
    }
    header('$', decimalLength(number));
    decimal(number);
    return crlf();
  }

  /** Adds one command that already is a RESP array, such as the client's own bytes. */
  public Effects verbatim(int db, long address, long length) {
    if (!wanted) {
      return this;
    }
    enter(db);
    ensure(length);
    UnsafeApi.copyMemory(address, buffer + limit, length);
    limit += length;
    return this;
  }

  /**
   * Several commands are independent (keys that a SCAN found expired): they shall not become a
   * transaction.
   */
  public void unwrapped() {
    wrap = false;
  }

  /** Commands so far; SELECT, MULTI and EXEC do not count. */
  public int commands() {
    return commands;
  }

  /** Database of the first command that has one, -1 if none. */
  public int firstDb() {
    return firstDb;
  }

  /** Database the stream stands in after the last command, -1 if no command had one. */
  public int lastDb() {
    return lastDb;
  }

  /**
   * Closes the transaction, if it is one. After that only the getters and {@link #reset} make
   * sense.
   */
  public void seal() {
    if (sealed) {
      return;
    }
    sealed = true;
    if (commands > 1 && wrap) {
      UnsafeApi.copyMemory(MULTI, BYTES, null, buffer, MULTI.length);
      raw(EXEC);
      from = 0;
    } else {
      from = MULTI.length;
    }
  }

  /** Native address of the sealed bytes. */
  public long address() {
    return buffer + from;
  }

  /** Number of sealed bytes. */
  public long length() {
    return limit - from;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    UnsafeApi.freeMemory(buffer);
    buffer = 0;
    capacity = 0;
  }

  private void enter(int db) {
    commands++;
    if (db < 0 || db == lastDb) {
      return;
    }
    if (firstDb < 0) {
      firstDb = db;
    } else {
      header('*', 2);
      argument(SELECT);
      argument(db);
    }
    lastDb = db;
  }

  private void header(char type, long number) {
    ensure(HEADER_BYTES);
    UnsafeApi.putByte(buffer + limit++, (byte) type);
    decimal(number);
    crlf();
  }

  private void decimal(long number) {
    int length = decimalLength(number);
    ensure(length + 2L);
    long at = buffer + limit + length;
    limit += length;
    // Counting down on the negative side: Long.MIN_VALUE has no positive twin.
    long rest = number < 0 ? number : -number;
    do {
      UnsafeApi.putByte(--at, (byte) ('0' - (int) (rest % 10)));
      rest /= 10;
    } while (rest != 0);
    if (number < 0) {
      UnsafeApi.putByte(--at, (byte) '-');
    }
  }

  private static int decimalLength(long number) {
    int length = number < 0 ? 2 : 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      length++;
    }
    return length;
  }

  private Effects crlf() {
    ensure(2);
    UnsafeApi.putByte(buffer + limit++, (byte) '\r');
    UnsafeApi.putByte(buffer + limit++, (byte) '\n');
    return this;
  }

  private void raw(byte[] bytes) {
    ensure(bytes.length + 2L);
    UnsafeApi.copyMemory(bytes, BYTES, null, buffer + limit, bytes.length);
    limit += bytes.length;
  }

  private void ensure(long more) {
    long wanted = limit + more;
    if (wanted > capacity) {
      long grown = Math.max(wanted, capacity * 2);
      buffer = UnsafeApi.reallocateMemory(buffer, grown);
      capacity = grown;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
