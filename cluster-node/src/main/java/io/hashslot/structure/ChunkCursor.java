package io.hashslot.structure;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A place in a {@link ChunkList}: walks both ways, and changes the list where it stands. Any other
 * change of the list makes the place void, until the next {@link #seek}.
 *
 * <p>What is read may lie in the cursor's own copy of a compressed chunk: it is good until the
 * cursor moves, and whoever uses it must keep the cursor, too.
 */
public final class ChunkCursor {
  private static final int LEAST_COPY_BYTES = 4096;
  private static final int KEPT_COPY_BYTES = 64 << 10;

  private final ChunkList list;
  private long chunk;

  /** Where the contents of the chunk can be read. */
  private long base;

  private long p;
  private int index;

  /** Keeps the memory behind {@link #copy} alive; made when the first compressed chunk comes. */
  private @Nullable ByteBuffer copyOwner;

  private long copy;

  /** Stands on nothing before the first {@link #seek}. */
  public ChunkCursor(ChunkList list) {
    this.list = list;
  }

  // Walking

  /** Goes to an index, counted from 0, or backwards from -1; false if there is none. */
  public boolean seek(long index) {
    long size = list.size();
    long at = index < 0 ? index + size : index;
    if (at < 0 || at >= size) {
      chunk = 0;
      return false;
    }
    long found;
    long offset;
    if (at < size / 2) {
      found = list.head();
      for (offset = at; offset >= Chunk.count(found); found = Chunk.next(found)) {
        offset -= Chunk.count(found);
      }
    } else {
      found = list.tail();
      long behind = size - at;
      for (; behind > Chunk.count(found); found = Chunk.previous(found)) {
        behind -= Chunk.count(found);
      }
      offset = Chunk.count(found) - behind;
    }
    enter(found);
    this.index = (int) offset;
    p = Chunk.isPlain(chunk) ? base : Listpack.seek(base, (int) offset);
    return true;
  }

  /** Goes on to the next element; false behind the last one. */
  public boolean next() {
    if (++index < Chunk.count(chunk)) {
      p = Listpack.next(p);
      return true;
    }
    return first(Chunk.next(chunk));
  }

  /** Goes back to the previous element; false before the first one. */
  public boolean previous() {
    if (--index >= 0) {
      p = Listpack.previous(base, p);
      return true;
    }
    return last(Chunk.previous(chunk));
  }

  /** Points a slice at the element. */
  public Slice get(Slice slice) {
    return Chunk.isPlain(chunk) ? slice.wrap(base, Chunk.length(chunk)) : Listpack.get(p, slice);
  }

  /** Whether the element is what is looked for. */
  public boolean is(Needle needle) {
    return Chunk.isPlain(chunk) ? needle.is(base, Chunk.length(chunk)) : needle.is(p);
  }

  private boolean first(long newChunk) {
    if (!leaveFor(newChunk)) {
      return false;
    }
    index = 0;
    p = Chunk.isPlain(chunk) ? base : Listpack.first(base);
    return true;
  }

  private boolean last(long newChunk) {
    if (!leaveFor(newChunk)) {
      return false;
    }
    index = Chunk.count(chunk) - 1;
    p = Chunk.isPlain(chunk) ? base : Listpack.last(base);
    return true;
  }

  private boolean leaveFor(long newChunk) {
    if (newChunk == 0) {
      chunk = 0;
      return false;
    }
    enter(newChunk);
    return true;
  }

  private void enter(long newChunk) {
    chunk = newChunk;
    base = Chunk.contents(chunk);
    if (Chunk.isCompressed(chunk)) {
      int length = Chunk.length(chunk);
      reserveCopy(length);
      ChunkCompression.unpack(chunk, copy);
      base = copy;
    }
  }

  private void reserveCopy(int length) {
    ByteBuffer owner = copyOwner;
    if (owner == null
        || length > owner.capacity()
        || owner.capacity() > KEPT_COPY_BYTES && length <= KEPT_COPY_BYTES) {
      owner = ByteBuffer.allocateDirect(Math.max(length, LEAST_COPY_BYTES));
      copyOwner = owner;
      copy = BufferUtil.address(owner);
    }
  }

  // Changing

  /**
   * Removes the element and goes on to the one behind it, or before it.
   *
   * @return false if there is none in that direction
   */
  public boolean remove(boolean forward) {
    long neighbour = forward ? Chunk.next(chunk) : Chunk.previous(chunk);
    boolean leaves = forward ? index == Chunk.count(chunk) - 1 : index == 0;
    long left = leaves ? neighbour : chunk;
    list.removeWithin(chunk, index, 1);
    if (leaves) {
      return forward ? first(left) : last(left);
    }
    int at = forward ? index : index - 1;
    enter(chunk);
    index = at;
    p = Listpack.seek(base, at);
    return true;
  }

  /** Adds an element behind the one it stands on, or before it. The place is void then. */
  public void insert(boolean after, long address, int length) {
    boolean atEnd = index == (after ? Chunk.count(chunk) - 1 : 0);
    if (list.isLarge(length)) {
      if (atEnd) {
        list.link(chunk, list.chunkOf(address, length), after);
      } else {
        insertAlone(list.chunkOf(address, length), after);
      }
      return;
    }
    if (list.admits(chunk, length)) {
      insertHere(after, address, length);
      return;
    }
    if (atEnd) {
      long neighbour = after ? Chunk.next(chunk) : Chunk.previous(chunk);
      if (list.admits(neighbour, length)) {
        add(neighbour, after, address, length);
      } else {
        list.link(chunk, list.chunkOf(address, length), after);
      }
      return;
    }
    long rest = list.split(chunk, index, after);
    list.link(chunk, rest, after);
    add(rest, after, address, length);
    list.mergeAround(chunk);
  }

  /** Puts a chunk into the middle of this one. */
  private void insertAlone(long single, boolean after) {
    long rest = list.split(chunk, index, after);
    list.link(chunk, single, after);
    list.link(single, rest, after);
  }

  private void insertHere(boolean after, long address, int length) {
    list.changing(chunk);
    open();
    long before = Chunk.arenaBytes(chunk);
    ChunkRoom room = list.room(chunk);
    if (after) {
      Listpack.insertAfter(room, p, address, length);
    } else if (index == 0) {
      room.prepend(address, length);
    } else {
      Listpack.insertBefore(room, p, address, length);
    }
    list.counted(chunk, 1, before);
    list.settle(chunk);
  }

  /** Adds an element to a chunk of the list, as its first one or its last. */
  private void add(long to, boolean atHead, long address, int length) {
    list.changing(to);
    list.open(to);
    long before = Chunk.arenaBytes(to);
    if (atHead) {
      list.room(to).prepend(address, length);
    } else {
      Listpack.append(list.room(to), address, length);
    }
    list.counted(to, 1, before);
    list.settle(to);
  }

  /** Puts other bytes in the place of the element. The place is void then. */
  public void replace(long address, int length) {
    boolean large = list.isLarge(length);
    if (!large && !Chunk.isPlain(chunk)) {
      list.changing(chunk);
      open();
      long before = Chunk.arenaBytes(chunk);
      Listpack.replace(list.room(chunk), p, address, length);
      list.counted(chunk, 0, before);
      list.settle(chunk);
    } else if (Chunk.isPlain(chunk)) {
      long replaced = chunk;
      insert(true, address, length);
      list.unlink(replaced);
    } else {
      replaceByLarge(list.chunkOf(address, length));
    }
  }

  private void replaceByLarge(long single) {
    int last = Chunk.count(chunk) - 1;
    if (index < last) {
      insertAlone(single, true);
    } else {
      list.link(chunk, single, true);
    }
    boolean vanishes = index == 0;
    list.removeWithin(chunk, index, 1);
    if (!vanishes) {
      list.mergeAround(single);
    }
  }

  /** Makes the chunk one that can be changed, and stays where it was. */
  private void open() {
    long offset = p - base;
    list.open(chunk);
    base = Chunk.contents(chunk);
    p = base + offset;
  }
}
