package io.hashslot.value;

import io.hashslot.structure.SetMember;
import io.hashslot.structure.Slice;
import java.util.function.LongConsumer;

/**
 * A big value as it is at one moment, handed out in small parts while it goes on changing: a part
 * at a time by {@link #next}, and what is about to change before it does, to the same receiver.
 * Used under the lock of the shard in which the collection is.
 *
 * <p>A collection is told by its {@linkplain CollectionValue#handle handle}, a string by the block
 * it is in. Under that {@link Cell#frozen} finds this for whoever changes the collection; it may
 * meanwhile get another key. If it loses its key it must not be disposed of before this is
 * {@linkplain #release released}.
 */
public abstract sealed class FrozenValue
    permits FrozenElements, FrozenList, FrozenStream, FrozenString {
  /** Tables with more elements are handed out in parts. */
  static final int MOST_ELEMENTS_AT_ONCE = 128;

  /** Strings, and lists and streams with chunks, of more bytes are handed out in parts. */
  static final int MOST_BYTES_AT_ONCE = 64 << 10;

  /** Streams with more entries pending in their groups are handed out in parts. */
  static final int MOST_PENDING_AT_ONCE = 512;

  private final long handle;
  private final long bytes;

  FrozenValue(CollectionValue value) {
    Cell cell = value.cell();
    handle = CollectionValue.handle(value.kind(), cell.encoding(), cell.address());
    bytes = value.ownedBytes();
  }

  FrozenValue(long handle, long bytes) {
    this.handle = handle;
    this.bytes = bytes;
  }

  /** Gets the parts, of the sorts that the kind of the value has. */
  public interface Parts {
    /** Bytes of a string; they come in order. */
    void bytes(long address, int length);

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

    /** There are no more chunks of the stream; its groups follow. */
    void endOfChunks();

    /**
     * A group of a stream. They come in the order of their names, and behind each what it has: its
     * {@link #pending} entries, {@link #consumers}, and behind each {@link #consumer} the ids that
     * it has pending.
     *
     * @param ms first part of the id last delivered
     * @param entriesRead how many entries it has read, or {@link StreamGroup#UNKNOWN}
     */
    void group(byte[] name, long ms, long sequence, long entriesRead, long pending);

    /** An entry that is pending in a group; they come in order. */
    void pending(long ms, long sequence, long deliveredAtMs, long deliveries);

    /** How many consumers of the group will follow. */
    void consumers(long count);

    /** A consumer; they come in the order of their names. */
    void consumer(byte[] name, long seenAtMs, long activeAtMs, long pending);

    /** The id of an entry that the consumer has pending; they come in order. */
    void pendingOfConsumer(long ms, long sequence);
  }

  /** Whether a value is so big that it had better be handed out in parts. */
  public static boolean isBig(Value value) {
    return switch (value) {
      case StringValue string -> string.length() > MOST_BYTES_AT_ONCE;
      case ListValue list -> list.isBig();
      case StreamValue stream -> stream.isBig();
      case SetValue _, SortedSetValue _, HashValue _ -> isBigTable((CollectionValue) value);
    };
  }

  private static boolean isBigTable(CollectionValue value) {
    return CollectionValue.isFull(value.kind(), value.cell().encoding())
        && value.size() > MOST_ELEMENTS_AT_ONCE;
  }

  /**
   * Freezes a value that is {@linkplain #isBig big}.
   *
   * @param keeping hears how many bytes of the arena more are kept for this, or fewer
   */
  public static FrozenValue freeze(Value value, Parts parts, LongConsumer keeping) {
    return switch (value) {
      case StringValue string -> new FrozenString(string, parts, keeping);
      case ListValue list -> new FrozenList(list, parts, keeping);
      case StreamValue stream -> new FrozenStream(stream, parts, keeping);
      case SetValue _, SortedSetValue _, HashValue _ ->
          new FrozenElements((CollectionValue) value, parts);
    };
  }

  /** What the value is told by. */
  public final long handle() {
    return handle;
  }

  /** Bytes that the value took in the arena beside its entry; may be an estimate. */
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
