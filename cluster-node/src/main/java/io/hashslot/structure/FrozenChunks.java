package io.hashslot.structure;

import io.hashslot.memory.Arena;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2LongHashMap;

/**
 * The chunks that a {@link ChunkList} has at one moment, shown one after the other, in their order,
 * while the list goes on changing.
 *
 * <p><b>Marks.</b> The list goes on to a mark that none of its chunks has. A chunk gets it when its
 * elements are of no interest any more: because it was shown, because a copy was made before it
 * changed, or because it is new. So chunks without it are just as they were at the moment.
 *
 * <p><b>Order.</b> Chunks come and go, but those that stay keep their order. So whatever is kept of
 * a chunk is kept as standing <i>before</i> a chunk of the list: a copy before the chunk that has
 * changed, a chunk that leaves the list (which is not copied, but taken) before the one that was
 * behind it, together with all that stood before itself. What is kept is a chain through the links
 * of the chunks, the first one of which knows the last one as its previous one; two such chains are
 * joined by changing two links.
 */
public final class FrozenChunks {
  /** Is shown chunks. */
  public interface Visitor {
    /** Takes a chunk, which is as {@link Chunk} tells. */
    void chunk(long chunk);
  }

  private final Arena arena;
  private final long root;
  private final int mark;
  private final Visitor visitor;
  private final LongConsumer keeping;

  /** Chunk of the list, or 0 for its end, to the first one of the chain that stands before it. */
  private final Long2LongHashMap before = new Long2LongHashMap(0);

  /** The chunk of the list that is next, or 0 at its end. */
  private long next;

  private int left;
  private boolean listIsGone;
  private long remains;

  /**
   * Freezes a list.
   *
   * @param visitor is shown each of its chunks once
   * @param keeping hears how many bytes of the arena more are kept for what was frozen, or fewer
   */
  public FrozenChunks(ChunkList list, Visitor visitor, LongConsumer keeping) {
    arena = list.arena();
    root = list.record();
    mark = list.nextMark();
    next = list.head();
    left = list.chunks();
    this.visitor = visitor;
    this.keeping = keeping;
  }

  /** The elements of a chunk of the list are about to change. */
  void changing(long chunk) {
    if (left > 0 && Chunk.mark(chunk) != mark) {
      long copy = Chunk.copy(arena, chunk);
      keep(copy, chunk, before.get(chunk));
      Chunk.mark(chunk, mark);
    }
  }

  /**
   * A chunk has just left the list; its links are as they were.
   *
   * @return whether it is kept here; else it is the list's to free
   */
  boolean takes(long chunk) {
    if (left == 0) {
      return false;
    }
    long behind = Chunk.next(chunk);
    if (next == chunk) {
      next = behind;
    }
    long chain = before.remove(chunk);
    boolean taken = Chunk.mark(chunk) != mark;
    if (taken) {
      keep(chunk, behind, chain);
    } else if (chain != 0) {
      before.put(behind, joined(chain, before.get(behind)));
    }
    return taken;
  }

  /**
   * Keeps a chunk.
   *
   * @param place of the list, before which it stands
   * @param chain what stands before it itself
   */
  private void keep(long chunk, long place, long chain) {
    Chunk.previous(chunk, chunk);
    Chunk.next(chunk, 0);
    keeping.accept(Chunk.arenaBytes(chunk));
    long kept = before.get(place);
    long own = chain == 0 ? chunk : joined(chain, chunk);
    before.put(place, chain == kept ? own : joined(own, kept));
  }

  private static long joined(long chain, long behind) {
    if (behind != 0) {
      long last = Chunk.previous(chain);
      Chunk.previous(chain, Chunk.previous(behind));
      Chunk.next(last, behind);
    }
    return chain;
  }

  /**
   * All elements have left the list for a compact form; its record stays until {@link #release}.
   */
  void outlivesList() {
    listIsGone = true;
  }

  /** Goes one step on and shows a chunk, or none; returns whether there are more. */
  public boolean next() {
    if (left == 0) {
      return false;
    }
    long kept = before.get(next);
    if (kept != 0) {
      cutFirst(kept);
      show(kept);
      free(kept);
    } else if (next == 0) {
      throw new IllegalStateException(left + " chunks of a list are missing");
    } else {
      if (Chunk.mark(next) != mark) {
        show(next);
        Chunk.mark(next, mark);
      }
      next = Chunk.next(next);
    }
    return left > 0;
  }

  private void show(long chunk) {
    left--;
    visitor.chunk(chunk);
  }

  private void cutFirst(long first) {
    long second = Chunk.next(first);
    if (second == 0) {
      before.remove(next);
    } else {
      Chunk.previous(second, Chunk.previous(first));
      before.put(next, second);
    }
  }

  private void free(long chunk) {
    keeping.accept(-Chunk.arenaBytes(chunk));
    Chunk.destroy(arena, chunk);
  }

  /**
   * Ends this, shown completely or not, and frees what is kept, a part at a time.
   *
   * @param budget about how many chunks to free
   * @return whether nothing is left
   */
  public boolean release(int budget) {
    left = 0;
    before.forEachLong((_, chain) -> remains = remains == 0 ? chain : joined(chain, remains));
    before.clear();
    for (int i = 0; i < budget && remains != 0; i++) {
      long rest = Chunk.next(remains);
      free(remains);
      remains = rest;
    }
    if (remains == 0 && listIsGone) {
      listIsGone = false;
      arena.free(root, ChunkList.ROOT_BYTES);
    }
    return remains == 0;
  }
}
