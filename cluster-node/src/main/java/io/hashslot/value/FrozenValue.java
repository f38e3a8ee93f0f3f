package io.hashslot.value;

import io.hashslot.structure.SetMember;
import io.hashslot.structure.Slice;
import java.util.function.LongConsumer;

/**
 * A big collection as it is at one moment, handed out in small parts while it goes on changing: a
 * part at a time by {@link #next}, and what is about to change before it does, to the same
 * receiver. Used under the lock of the shard in which the collection is.
 *
 * <p>The collection is told by its {@linkplain CollectionValue#handle handle}. Under that {@link
 * Cell#frozen} finds this for whoever changes the collection; it may meanwhile get another key. If
 * it loses its key it must not be disposed of before this is {@linkplain #release released}.
 */
public abstract sealed class FrozenValue permits FrozenElements, FrozenList, FrozenStream {
  /** Tables with more elements are handed out in parts. */
  static final int MOST_ELEMENTS_AT_ONCE = 128;

  /** Lists and streams with chunks of more bytes are handed out in parts. */
  static final int MOST_BYTES_AT_ONCE = 64 << 10;

  private final long handle;
  private final long bytes;

  FrozenValue(CollectionValue value) {
    Cell cell = value.cell();
    handle = CollectionValue.handle(value.kind(), cell.encoding(), cell.address());
    bytes = value.ownedBytes();
  }

  /** Gets the parts, of the one sort that the kind of the collection has. */
  public interface Parts {
    /** A member of a set; they come in no order. */
    void member(SetMember member);

    /** A field of a hash with its value; they come in no order. */
    void pair(Slice field, Slice value);

    /** A member of a sorted set; they come in no order. */
    void scored(Slice member, double score);

    /** A chunk of a list, as {@link io.hashslot.structure.Chunk} reads it; they come in order. */
    void listChunk(long chunk);

    /** A chunk of a stream with the id of its first entry; they come in order. */
    void streamChunk(long ms, long sequence, long address, int length);
  }

  /** Whether a collection is so big that it had better be handed out in parts. */
  public static boolean isBig(CollectionValue value) {
    return switch (value) {
      case ListValue list -> list.isBig();
      case StreamValue stream -> stream.isBig();
      case SetValue _, SortedSetValue _, HashValue _ ->
          CollectionValue.isFull(value.kind(), value.cell().encoding())
              && value.size() > MOST_ELEMENTS_AT_ONCE;
    };
  }

  /**
   * Freezes a collection in full form.
   *
   * @param keeping hears how many bytes of the arena more are kept for this, or fewer
   */
  public static FrozenValue freeze(CollectionValue value, Parts parts, LongConsumer keeping) {
    return switch (value) {
      case ListValue list -> new FrozenList(list, parts, keeping);
      case StreamValue stream -> new FrozenStream(stream, parts, keeping);
      case SetValue _, SortedSetValue _, HashValue _ -> new FrozenElements(value, parts);
    };
  }

  /** What the collection is told by. */
  public final long handle() {
    return handle;
  }

  /** Bytes that the collection took in the arena beside its cell; may be an estimate. */
  public final long bytesAtOnset() {
    return bytes;
  }

  /** Hands out one more part, if that was not done before; returns whether there are more. */
  public abstract boolean next();

  /**
   * Ends this, handed out completely or not, and frees what is kept for it, a part at a time.
   * {@link Cell#frozen} must not find it any more.
   *
   * @param budget about how many chunks to free
   * @return whether nothing is left
   */
  public abstract boolean release(int budget);
}
