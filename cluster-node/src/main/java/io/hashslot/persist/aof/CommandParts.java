package io.hashslot.persist.aof;

import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.PartWriter;
import io.hashslot.resp.DoubleText;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Output;
import io.hashslot.structure.Chunk;
import io.hashslot.structure.Listpack;
import io.hashslot.structure.SetMember;
import io.hashslot.structure.Slice;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamValue;
import io.hashslot.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Writes a value as commands that build it piece by piece, each of which keeps who executes it busy
 * for some microseconds only: {@value #MOST_ELEMENTS} elements or {@value #MOST_BYTES} bytes at
 * once. Its time to live comes last. The commands and their options are those that Redis 7.0.15 and
 * Valkey 8.0.1 write into a base of the append-only file; but strings are set and then appended to.
 *
 * <p>What a group of a stream has pending comes in the order of ids, and which consumer has it only
 * later, so it is remembered until the next group: 32 bytes for each.
 */
public final class CommandParts implements PartWriter {
  private static final int MOST_ELEMENTS = 64;
  private static final int MOST_BYTES = 16 * 1024;

  /** Outputs need not have room for more at once. */
  private static final int PORTION_BYTES = 16 * 1024;

  private static final int INITIAL_BYTES = 1024;

  private final Output out;
  private final long key;
  private final int keyLength;
  private final long expireAtMs;

  /** Arguments of the command under way, which has a name but no header yet. */
  private final NativeOutput arguments = new NativeOutput(INITIAL_BYTES);

  private String name = "";
  private int elements;
  private int count;

  private boolean begun;
  private final StreamEntries entries = new StreamEntries();
  private final Slice element = new Slice();
  private @Nullable StreamCounters counters;
  private byte[] group = {};
  private byte[] consumer = {};
  private final PendingTable pending = new PendingTable();
  private long claimedAtMs;
  private long claimedDeliveries;

  private record StreamCounters(
      long lastMs, long lastSequence, long added, long maxDeletedMs, long maxDeletedSequence) {}

  /** A writer for a value; see {@link PartWriter.Form}. */
  public CommandParts(Value value, long key, int keyLength, long expireAtMs, Output out) {
    this.out = out;
    this.key = key;
    this.keyLength = keyLength;
    this.expireAtMs = expireAtMs;
    if (value instanceof StreamValue stream) {
      counters =
          new StreamCounters(
              stream.lastMs(),
              stream.lastSequence(),
              stream.entriesAdded(),
              stream.maxDeletedMs(),
              stream.maxDeletedSequence());
    }
  }

  // Strings

  @Override
  public void bytes(long address, int length) {
    command(begun ? "APPEND" : "SET", 2);
    keyTo(out);
    argument(out, address, length);
    begun = true;
  }

  // Tables and lists

  @Override
  public void member(SetMember member) {
    int length = member.length();
    Output to = room("SADD", 1, length);
    argument(to, member.address(), length);
  }

  @Override
  public void pair(Slice field, Slice value) {
    Output to = room("HMSET", 2, (long) field.length() + value.length());
    argument(to, field.address(), field.length());
    argument(to, value.address(), value.length());
  }

  @Override
  public void scored(Slice member, double score) {
    Output to = room("ZADD", 2, member.length());
    argument(to, DoubleText.shortestText(score));
    argument(to, member.address(), member.length());
  }

  @Override
  public void listChunk(long chunk) {
    int length = Chunk.length(chunk);
    if (Chunk.isPlain(chunk) && !Chunk.isCompressed(chunk)) {
      listElement(Chunk.contents(chunk), length);
    } else if (!Chunk.isCompressed(chunk)) {
      listElements(Chunk.contents(chunk));
    } else {
      long unpacked = Memory.allocate(length);
      try {
        Chunk.unpack(chunk, unpacked);
        if (Chunk.isPlain(chunk)) {
          listElement(unpacked, length);
        } else {
          listElements(unpacked);
        }
      } finally {
        Memory.free(unpacked);
      }
    }
  }

  private void listElements(long listpack) {
    for (long p = Listpack.first(listpack); p != 0; p = Listpack.next(p)) {
      Listpack.get(p, element);
      listElement(element.address(), element.length());
    }
  }

  /** An element of a list; they come in order. */
  void listElement(long address, int length) {
    argument(room("RPUSH", 1, length), address, length);
  }

  // Streams

  @Override
  public void streamChunk(long ms, long sequence, long address, int length) {
    entries.chunk(ms, sequence, address);
    while (entries.next()) {
      int fields = entries.fieldCount();
      command("XADD", 2 + 2 * fields);
      keyTo(out);
      argument(out, id(entries.ms(), entries.sequence()));
      for (int i = 0; i < fields; i++) {
        entries.nextField();
        argument(out, entries.fieldName().address(), entries.fieldName().length());
        argument(out, entries.fieldValue().address(), entries.fieldValue().length());
      }
    }
    begun = true;
  }

  @Override
  public void endOfChunks() {
    StreamCounters are = counters;
    if (are == null) {
      throw new IllegalStateException("only streams have counters");
    }
    if (!begun) {
      // An entry that is trimmed at once leaves the empty stream behind.
      command("XADD", 6);
      keyTo(out);
      words("MAXLEN", "0", "0-1", "x", "y");
    }
    command("XSETID", 6);
    keyTo(out);
    words(id(are.lastMs, are.lastSequence), "ENTRIESADDED", Long.toString(are.added));
    words("MAXDELETEDID", id(are.maxDeletedMs, are.maxDeletedSequence));
  }

  @Override
  public void group(byte[] name, long ms, long sequence, long entriesRead, long inGroup) {
    flush();
    pending.clear();
    group = name;
    command("XGROUP", 6);
    words("CREATE");
    keyTo(out);
    argument(out, name);
    words(id(ms, sequence), "ENTRIESREAD", Long.toString(entriesRead));
  }

  @Override
  public void pending(long ms, long sequence, long deliveredAtMs, long deliveries) {
    pending.add(ms, sequence, deliveredAtMs, deliveries);
  }

  @Override
  public void consumers(long consumers) {}

  @Override
  public void consumer(byte[] name, long seenAtMs, long activeAtMs, long ofConsumer) {
    flush();
    consumer = name;
    if (ofConsumer == 0) {
      command("XGROUP", 4);
      words("CREATECONSUMER");
      keyTo(out);
      argument(out, group);
      argument(out, name);
    }
  }

  /** Entries in a row that were delivered together are claimed together. */
  @Override
  public void pendingOfConsumer(long ms, long sequence) {
    pending.seek(ms, sequence);
    if (pending.deliveredAtMs() != claimedAtMs || pending.deliveries() != claimedDeliveries) {
      flush();
    }
    Output to = room("XCLAIM", 1, 0);
    if (elements == 1) {
      claimedAtMs = pending.deliveredAtMs();
      claimedDeliveries = pending.deliveries();
      argument(to, group);
      argument(to, consumer);
      argument(to, "0");
      count += 3;
    }
    argument(to, id(ms, sequence));
  }

  @Override
  public void end() {
    flush();
    if (expireAtMs >= 0) {
      command("PEXPIREAT", 2);
      keyTo(out);
      words(Long.toString(expireAtMs));
    }
  }

  @Override
  public void close() {
    arguments.release();
  }

  // Commands

  /**
   * Makes room for one more element, in the command under way or in one of its own.
   *
   * @param arguments that the element takes
   * @param bytes of them, about
   */
  private Output room(String command, int arguments, long bytes) {
    boolean large = bytes > MOST_BYTES;
    boolean full = elements == MOST_ELEMENTS;
    if (large || full || this.arguments.position() + bytes > MOST_BYTES) {
      flush();
    }
    if (large) {
      command(command, 1 + arguments);
      keyTo(out);
      return out;
    }
    name = command;
    elements++;
    count += arguments;
    return this.arguments;
  }

  /** Ends the command under way, if there is one. */
  private void flush() {
    if (elements == 0) {
      return;
    }
    boolean claim = name.equals("XCLAIM");
    command(name, 1 + count + (claim ? 6 : 0));
    keyTo(out);
    out.put(arguments.address(), arguments.position());
    if (claim) {
      words("TIME", Long.toString(claimedAtMs), "RETRYCOUNT", Long.toString(claimedDeliveries));
      words("JUSTID", "FORCE");
    }
    arguments.position(0);
    elements = 0;
    count = 0;
  }

  private void command(String command, int arguments) {
    out.put((byte) '*');
    out.putDecimal(arguments + 1L);
    out.putLineEnd();
    argument(out, command);
  }

  private void keyTo(Output to) {
    argument(to, key, keyLength);
  }

  private void words(String... words) {
    for (String word : words) {
      argument(out, word);
    }
  }

  private static void header(Output to, int length) {
    to.put((byte) '$');
    to.putDecimal(length);
    to.putLineEnd();
  }

  private static void argument(Output to, long address, int length) {
    header(to, length);
    for (int at = 0; at < length; at += PORTION_BYTES) {
      to.put(address + at, Math.min(PORTION_BYTES, length - at));
    }
    to.putLineEnd();
  }

  private static void argument(Output to, byte[] bytes) {
    header(to, bytes.length);
    for (int at = 0; at < bytes.length; at += PORTION_BYTES) {
      int portion = Math.min(PORTION_BYTES, bytes.length - at);
      Memory.copy(bytes, at, to.reserve(portion), portion);
      to.advance(portion);
    }
    to.putLineEnd();
  }

  private static void argument(Output to, String ascii) {
    header(to, ascii.length());
    to.putLatin(ascii);
    to.putLineEnd();
  }

  /** Not by a plus: that is linked at its first use, for milliseconds, and a shard is held. */
  private static String id(long ms, long sequence) {
    return Long.toUnsignedString(ms).concat("-").concat(Long.toUnsignedString(sequence));
  }
}
