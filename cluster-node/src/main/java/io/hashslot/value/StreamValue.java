package io.hashslot.value;

import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.resp.Request;
import io.hashslot.structure.IdTree;
import io.hashslot.structure.NameTree;
import io.hashslot.structure.RecordTree;
import org.jspecify.annotations.Nullable;

/**
 * A stream: entries in the order of their ids, which are two unsigned numbers, milliseconds and
 * sequence; what was ever there; and the groups that read it. Always in full form, for a stream
 * without entries still has an identity: its cell holds the address of its head.
 *
 * <pre>
 * head
 *   0  tree of chunks: id of the first entry -> address   24 bytes
 *  24  tree of groups                                     24 bytes
 *  48  entries                                             8 bytes
 *  56  entries ever added                                  8 bytes
 *  64  last id                                            16 bytes
 *  80  greatest id ever deleted                           16 bytes
 *  96  first id, 0-0 without entries                      16 bytes
 * 112  bytes of all blocks of chunks                       8 bytes
 * </pre>
 *
 * <p>{@link StreamChunk} has the entries, {@link StreamEntries} walks over them, {@link StreamTrim}
 * drops them from the start, {@link StreamGroup} is a group.
 */
public final class StreamValue extends CollectionValue {
  static final Arena NOWHERE = new Arena();

  private static final int CHUNKS = 0;
  private static final int GROUPS = CHUNKS + RecordTree.DESCRIPTOR_BYTES;
  private static final int LENGTH = GROUPS + RecordTree.DESCRIPTOR_BYTES;
  private static final int ADDED = LENGTH + 8;
  private static final int LAST = ADDED + 8;
  private static final int MAX_DELETED = LAST + 16;
  private static final int FIRST = MAX_DELETED + 16;
  private static final int CHUNK_BYTES = FIRST + 16;
  private static final int HEAD_BYTES = CHUNK_BYTES + 8;

  private final IdTree chunks = new IdTree(Long.BYTES);
  private final NameTree groups = StreamGroup.tree();
  private final StreamGroup group = new StreamGroup(NOWHERE);
  private final StreamChunk chunk = new StreamChunk(NOWHERE);
  private final StreamEntries entries = new StreamEntries();
  private final StreamEntries walk = new StreamEntries();
  private long head;

  @Override
  public Kind kind() {
    return Kind.STREAM;
  }

  @Override
  public String encodingName() {
    return "stream";
  }

  @Override
  protected void wrapped() {
    if (cell().length() == Long.BYTES) {
      wrapHead(cell().arena(), Memory.getLong(cell().address()));
    }
  }

  private void wrapHead(Arena arena, long newHead) {
    head = newHead;
    chunks.wrap(arena, head + CHUNKS);
    groups.wrap(arena, head + GROUPS);
  }

  @Override
  public void init() {
    long root = cell().resize(Long.BYTES);
    long fresh = cell().arena().allocate(HEAD_BYTES);
    Memory.fill(fresh, HEAD_BYTES, 0);
    Memory.putLong(root, fresh);
    wrapHead(cell().arena(), fresh);
  }

  // Counters and ids

  /** How many entries there are. */
  @Override
  public long size() {
    return Memory.getLong(head + LENGTH);
  }

  /** How many chunks hold the entries. */
  public long chunkCount() {
    return chunks.size();
  }

  /** How many nodes the index of the chunks has. */
  public long indexNodes() {
    return chunks.nodes();
  }

  /** How many entries were ever added. */
  public long entriesAdded() {
    return Memory.getLong(head + ADDED);
  }

  /** Sets how many entries were ever added. */
  public void entriesAdded(long count) {
    Memory.putLong(head + ADDED, count);
  }

  /** The first part of the last id given, whether its entry is there or not. */
  public long lastMs() {
    return Memory.getLong(head + LAST);
  }

  /** The second part of the last id given. */
  public long lastSequence() {
    return Memory.getLong(head + LAST + 8);
  }

  /** Sets the last id given. */
  public void last(long ms, long sequence) {
    put(LAST, ms, sequence);
  }

  /** The first part of the greatest id whose entry was deleted by its id. */
  public long maxDeletedMs() {
    return Memory.getLong(head + MAX_DELETED);
  }

  /** The second part of the greatest id whose entry was deleted by its id. */
  public long maxDeletedSequence() {
    return Memory.getLong(head + MAX_DELETED + 8);
  }

  /** Sets the greatest id whose entry was deleted by its id. */
  public void maxDeleted(long ms, long sequence) {
    put(MAX_DELETED, ms, sequence);
  }

  /** The first part of the id of the first entry, 0 if there is none. */
  public long firstMs() {
    return Memory.getLong(head + FIRST);
  }

  /** The second part of the id of the first entry, 0 if there is none. */
  public long firstSequence() {
    return Memory.getLong(head + FIRST + 8);
  }

  /** Sets the id of the first entry (loading). */
  public void first(long ms, long sequence) {
    put(FIRST, ms, sequence);
  }

  private void put(int at, long ms, long sequence) {
    Memory.putLong(head + at, ms);
    Memory.putLong(head + at + 8, sequence);
  }

  // Entries

  /** Whether fields and values, the arguments of a request from one on, are not too long in all. */
  public static boolean fits(Request request, int from) {
    return bytes(request, from) <= StreamChunk.MAX_BYTES;
  }

  private static long bytes(Request request, int from) {
    long bytes = 0;
    for (int i = from; i < request.count(); i++) {
      bytes += request.length(i);
    }
    return bytes;
  }

  /**
   * Adds an entry.
   *
   * @param ms first part of an id greater than the last one
   * @param request has fields and values in turn, from argument {@code from} to its end; they
   *     {@linkplain #fits fit}
   */
  public void append(long ms, long sequence, Request request, int from) {
    long bytes = bytes(request, from);
    if (chunks.last() && hasRoom(chunkHere(), bytes)) {
      edit();
    } else {
      chunk.create(cell().arena(), request, from);
      chunks.insert(ms, sequence);
      FrozenStream frozen = frozen();
      if (frozen != null) {
        frozen.added(ms, sequence);
      }
    }
    long record = chunks.record();
    chunk.append(ms - IdTree.first(record), sequence - IdTree.second(record), request, from);
    keepChunk();
    if (size() == 0) {
      first(ms, sequence);
    }
    last(ms, sequence);
    entriesAdded(entriesAdded() + 1);
    count(1);
  }

  /** Whether a chunk takes one more entry of so many bytes. */
  private boolean hasRoom(long last, long bytes) {
    EncodingLimits limits = cell().limits();
    long most = limits.streamNodeMaxBytes;
    most = most <= 0 || most > StreamChunk.MAX_BYTES ? StreamChunk.MAX_BYTES : most;
    return StreamChunk.bytes(last) + bytes < most
        && (limits.streamNodeMaxEntries <= 0
            || StreamChunk.live(last) + StreamChunk.deleted(last) < limits.streamNodeMaxEntries);
  }

  /**
   * Adds a chunk as it was saved, behind all others or anywhere; counters and ids are the caller's
   * to set.
   *
   * @return false if the bytes are none, or there is a chunk with this id already
   */
  public boolean addChunk(long ms, long sequence, long address, int length) {
    if (!StreamChunkForm.valid(address, length) || chunks.seek(ms, sequence)) {
      return false;
    }
    chunk.create(cell().arena(), address, length);
    chunks.insert(ms, sequence);
    keepChunk();
    count(StreamChunk.live(chunk.address()));
    return true;
  }

  /** Deletes the entry of an id; false if there is none. */
  public boolean delete(long ms, long sequence) {
    if (!entries.range(this, ms, sequence, ms, sequence, false).next()) {
      return false;
    }
    chunks.seek(entries.chunkMs(), entries.chunkSequence());
    if (StreamChunk.live(chunkHere()) == 1) {
      dropChunk();
    } else {
      edit().mark(entries.at());
      edited(1);
    }
    if (IdTree.compare(ms, sequence, maxDeletedMs(), maxDeletedSequence()) > 0) {
      maxDeleted(ms, sequence);
    }
    if (size() == 0 || ms == firstMs() && sequence == firstSequence()) {
      findFirst();
    }
    return true;
  }

  /** Looks where the first entry is now, and remembers its id. */
  public void findFirst() {
    if (size() > 0 && entries.all(this).next()) {
      first(entries.ms(), entries.sequence());
    } else {
      first(0, 0);
    }
  }

  /** A walk to be begun: one that belongs to this flyweight, so only one at a time. */
  public StreamEntries walk() {
    return walk;
  }

  /** Whether there is an entry of this id. */
  public boolean has(long ms, long sequence) {
    return entries.range(this, ms, sequence, ms, sequence, false).next();
  }

  // Chunks

  /** Goes to the first chunk; false if there is none. */
  public boolean firstChunk() {
    return chunks.first();
  }

  /** Goes to the chunk after the one where the last call went; false if there is none. */
  public boolean nextChunk() {
    return chunks.next();
  }

  /** The first part of the id of the chunk. */
  public long chunkMs() {
    return IdTree.first(chunks.record());
  }

  /** The second part of the id of the chunk. */
  public long chunkSequence() {
    return IdTree.second(chunks.record());
  }

  /** Where the bytes of the chunk are, as they are saved. */
  public long chunkAddress() {
    return chunkHere();
  }

  /** How many bytes the chunk has. */
  public int chunkLength() {
    return StreamChunk.bytes(chunkHere());
  }

  private long chunkHere() {
    return Memory.getLong(chunks.record() + IdTree.PAYLOAD);
  }

  /** Remembers where the chunk that was edited stands now. */
  private void keepChunk() {
    Memory.putLong(chunks.record() + IdTree.PAYLOAD, chunk.address());
    account(StreamChunk.blockBytes(chunk.address()));
  }

  /** Drops the chunk where the tree stands, with its entries. */
  void dropChunk() {
    long gone = chunkHere();
    count(-StreamChunk.live(gone));
    account(-StreamChunk.blockBytes(gone));
    FrozenStream frozen = frozen();
    if (frozen == null || !frozen.takes(chunkMs(), chunkSequence(), gone)) {
      cell().arena().free(gone, StreamChunk.bytes(gone));
    }
    chunks.remove();
  }

  /** The flyweight over the chunk where the tree stands; {@link #edited} must follow. */
  StreamChunk edit() {
    FrozenStream frozen = frozen();
    if (frozen != null) {
      frozen.changing(chunkMs(), chunkSequence(), chunkHere());
    }
    account(-StreamChunk.blockBytes(chunkHere()));
    return chunk.wrap(cell().arena(), chunkHere());
  }

  /** The chunk of {@link #edit} has lost so many entries. */
  void edited(long gone) {
    chunk.countDeleted(gone);
    count(-gone);
    keepChunk();
  }

  /** Who has to hear of changes of the chunks, if anybody. */
  private @Nullable FrozenStream frozen() {
    return cell().frozen() instanceof FrozenStream frozen ? frozen : null;
  }

  /** Whether it is better handed out in parts than as a whole. */
  boolean isBig() {
    if (Memory.getLong(head + CHUNK_BYTES) > FrozenValue.MOST_BYTES_AT_ONCE) {
      return true;
    }
    long pending = 0;
    for (StreamGroup at = firstGroup(); at != null; at = nextGroup()) {
      pending += at.pending().size();
    }
    return pending > FrozenValue.MOST_PENDING_AT_ONCE;
  }

  /** Stands a tree of the caller's on the chunks. */
  void wrapChunks(IdTree tree) {
    tree.wrap(cell().arena(), head + CHUNKS);
  }

  private void count(long added) {
    Memory.putLong(head + LENGTH, size() + added);
  }

  private void account(long bytes) {
    Memory.putLong(head + CHUNK_BYTES, Memory.getLong(head + CHUNK_BYTES) + bytes);
  }

  // Groups

  /** How many groups there are. */
  public long groupCount() {
    return groups.size();
  }

  /** The group of a name, through a flyweight of this one, or null. */
  public @Nullable StreamGroup group(long name, int nameLength) {
    return groups.seek(name, nameLength) ? groupHere() : null;
  }

  /** Adds a group whose name is not there yet. */
  public StreamGroup addGroup(long name, int nameLength) {
    groups.insert(StreamGroup.create(cell().arena(), name, nameLength));
    return groupHere();
  }

  /** Removes a group with all it has; false if there is none of this name. */
  public boolean removeGroup(long name, int nameLength) {
    if (!groups.seek(name, nameLength)) {
      return false;
    }
    StreamGroup gone = groupHere();
    groups.remove();
    FrozenStream frozen = frozen();
    if (frozen != null && frozen.groups().takes(gone)) {
      return true;
    }
    return gone.dispose(Integer.MAX_VALUE) > 0;
  }

  /** The first group in the order of names, or null. */
  public @Nullable StreamGroup firstGroup() {
    return groups.first() ? groupHere() : null;
  }

  /** The group after the one last returned, or null. */
  public @Nullable StreamGroup nextGroup() {
    return groups.next() ? groupHere() : null;
  }

  private StreamGroup groupHere() {
    long block = groups.block();
    FrozenStream frozen = frozen();
    return group.wrap(cell().arena(), block, frozen == null ? null : frozen.groups().find(block));
  }

  // The stream as a whole

  @Override
  public void copyTo(CollectionValue target) {
    StreamValue copy = (StreamValue) target;
    for (boolean more = chunks.first(); more; more = chunks.next()) {
      copy.chunk.create(copy.cell().arena(), chunkHere(), chunkLength());
      copy.chunks.insert(chunkMs(), chunkSequence());
      copy.keepChunk();
    }
    copy.count(size());
    copy.entriesAdded(entriesAdded());
    copy.last(lastMs(), lastSequence());
    copy.maxDeleted(maxDeletedMs(), maxDeletedSequence());
    copy.first(firstMs(), firstSequence());
    for (StreamGroup from = firstGroup(); from != null; from = nextGroup()) {
      copy.addGroup(from.nameAddress(), from.nameLength()).copyFrom(from);
    }
  }

  @Override
  public long ownedBytes() {
    long bytes =
        Arena.capacity(HEAD_BYTES)
            + RecordTree.bytes(head + CHUNKS)
            + RecordTree.bytes(head + GROUPS)
            + Memory.getLong(head + CHUNK_BYTES);
    for (StreamGroup at = firstGroup(); at != null; at = nextGroup()) {
      bytes += at.bytes();
    }
    return bytes;
  }

  /** Frees what a value of this kind owns; see {@link CollectionValue#dispose}. */
  static boolean dispose(Arena arena, int encoding, long root, int budget) {
    long head = Memory.getLong(root);
    IdTree chunks = new IdTree(Long.BYTES);
    chunks.wrap(arena, head + CHUNKS);
    int left = budget;
    for (; left > 0 && chunks.last(); left--) {
      long gone = Memory.getLong(chunks.record() + IdTree.PAYLOAD);
      arena.free(gone, StreamChunk.bytes(gone));
      chunks.remove();
    }
    NameTree groups = StreamGroup.tree();
    groups.wrap(arena, head + GROUPS);
    while (left > 0 && groups.last()) {
      left = new StreamGroup(arena).wrap(arena, groups.block()).dispose(left);
      if (left > 0) {
        groups.remove();
      }
    }
    if (left <= 0) {
      return false;
    }
    arena.free(head, HEAD_BYTES);
    return true;
  }
}
