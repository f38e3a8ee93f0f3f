package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.resp.Request;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.Room;

/**
 * Some consecutive entries of a stream in one listpack, which is exactly what Redis 7 and Valkey 8
 * keep, save and transfer. Entries are told by what their ids add to that of the chunk, and those
 * that have the same fields as its first entry leave these out.
 *
 * <pre>
 * head     live entries | deleted entries | number of fields | fields … | 0
 * entry    flags | milliseconds added | sequence added | [number of fields] | fields and values … | elements before this one
 * </pre>
 *
 * <p>The number of fields is left out, and only values stand there, if flag {@link #SAME_FIELDS} is
 * set. The last element of an entry is how many elements it has before that, so entries can be read
 * backwards; the 0 that ends the head ends that way, too. Deleted entries stay and have the flag
 * {@link #DELETED}.
 *
 * <p>The static methods read; the instance is a flyweight that edits one chunk and moves its block
 * as the chunk grows: the block always is of the least size class that holds the chunk, so nobody
 * has to remember its size.
 */
final class StreamChunk implements Room {
  static final int DELETED = 1;
  static final int SAME_FIELDS = 2;

  /** Most bytes of fields and values that an entry may bring. */
  static final long MAX_BYTES = 1 << 30;

  private Arena arena;
  private long address;
  private int length;

  StreamChunk(Arena arena) {
    this.arena = arena;
  }

  // Reading

  /** How many entries are not deleted. */
  static long live(long chunk) {
    return Listpack.longValue(Listpack.first(chunk));
  }

  /** How many entries are deleted, but still there. */
  static long deleted(long chunk) {
    return Listpack.longValue(Listpack.next(Listpack.first(chunk)));
  }

  /** The element that tells how many fields the head has; the fields follow it. */
  static long masterCount(long chunk) {
    return Listpack.next(Listpack.next(Listpack.first(chunk)));
  }

  /** The first element of the first entry, or 0 if there is none. */
  static long firstEntry(long chunk) {
    long p = masterCount(chunk);
    for (long left = Listpack.longValue(p) + 2; left > 0; left--) {
      p = Listpack.next(p);
    }
    return p;
  }

  /** The first element of the last entry, deleted or not, or 0 if there is none. */
  static long lastEntry(long chunk) {
    return entryBefore(chunk, Listpack.last(chunk));
  }

  /** The first element of the entry whose last element is {@code end}; 0 if that ends the head. */
  static long entryBefore(long chunk, long end) {
    long elements = Listpack.longValue(end);
    if (elements == 0) {
      return 0;
    }
    long p = end;
    for (; elements > 0; elements--) {
      p = Listpack.previous(chunk, p);
    }
    return p;
  }

  /** The first element of the entry behind the one at {@code p}, or 0. */
  static long entryAfter(long chunk, long p) {
    long flags = Listpack.longValue(p);
    long count = Listpack.next(Listpack.next(Listpack.next(p)));
    long elements =
        (flags & SAME_FIELDS) != 0
            ? Listpack.longValue(masterCount(chunk))
            : 2 * Listpack.longValue(count) + 1;
    long after = count;
    for (long left = elements; left >= 0; left--) {
      after = Listpack.next(after);
    }
    return after;
  }

  /** Bytes of a chunk. */
  static int bytes(long chunk) {
    return Listpack.totalBytes(chunk);
  }

  /** Bytes of the block of a chunk. */
  static long blockBytes(long chunk) {
    return Arena.capacity(Listpack.totalBytes(chunk));
  }

  // Editing

  /** Moves the flyweight over a chunk. */
  StreamChunk wrap(Arena newArena, long chunk) {
    arena = newArena;
    address = chunk;
    length = Listpack.totalBytes(chunk);
    return this;
  }

  @Override
  public long address() {
    return address;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public long resize(int newLength) {
    if (address == 0) {
      address = arena.allocate(newLength);
    } else if (Arena.capacity(newLength) != Arena.capacity(length)) {
      long moved = arena.allocate(newLength);
      Memory.copy(address, moved, Math.min(length, newLength));
      arena.free(address, length);
      address = moved;
    }
    length = newLength;
    return address;
  }

  /** Makes a chunk without entries, with the fields of an entry to come in its head. */
  void create(Arena newArena, Request request, int from) {
    arena = newArena;
    address = 0;
    length = 0;
    Listpack.create(this);
    Listpack.appendLong(this, 0);
    Listpack.appendLong(this, 0);
    Listpack.appendLong(this, (request.count() - from) / 2);
    for (int i = from; i < request.count(); i += 2) {
      Listpack.append(this, request.address(i), request.length(i));
    }
    Listpack.appendLong(this, 0);
  }

  /** Makes a chunk of bytes that are one. */
  void create(Arena newArena, long bytes, int newLength) {
    arena = newArena;
    address = arena.allocate(newLength);
    length = newLength;
    Memory.copy(bytes, address, newLength);
  }

  /**
   * Adds an entry at the end.
   *
   * @param request has fields and values in turn, from argument {@code from} on
   */
  void append(long msAdded, long sequenceAdded, Request request, int from) {
    int fields = (request.count() - from) / 2;
    boolean same = hasFields(request, from, fields);
    Listpack.appendLong(this, same ? SAME_FIELDS : 0);
    Listpack.appendLong(this, msAdded);
    Listpack.appendLong(this, sequenceAdded);
    if (!same) {
      Listpack.appendLong(this, fields);
    }
    for (int i = same ? from + 1 : from; i < request.count(); i += same ? 2 : 1) {
      Listpack.append(this, request.address(i), request.length(i));
    }
    Listpack.appendLong(this, same ? fields + 3L : 2L * fields + 4);
    long first = Listpack.first(address);
    Listpack.replaceLong(this, first, Listpack.longValue(first) + 1);
  }

  private boolean hasFields(Request request, int from, int fields) {
    long p = masterCount(address);
    if (Listpack.longValue(p) != fields) {
      return false;
    }
    for (int i = from; i < request.count(); i += 2) {
      p = Listpack.next(p);
      if (!Listpack.equal(p, request.address(i), request.length(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Marks the entry at {@code p} as deleted; {@link #countDeleted} must be told afterwards.
   *
   * @return the entry, which may have moved
   */
  long mark(long p) {
    return Listpack.replaceLong(this, p, Listpack.longValue(p) | DELETED);
  }

  /** Counts entries that were marked. */
  void countDeleted(long entries) {
    long first = Listpack.first(address);
    long second =
        Listpack.next(Listpack.replaceLong(this, first, Listpack.longValue(first) - entries));
    Listpack.replaceLong(this, second, Listpack.longValue(second) + entries);
  }
}
