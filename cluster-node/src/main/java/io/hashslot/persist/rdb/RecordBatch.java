package io.hashslot.persist.rdb;

import io.hashslot.value.CollectionValue;
import java.io.IOException;
import org.agrona.UnsafeApi;

/**
 * Records of a snapshot as one thread has cut them out and another decodes them: their values stand
 * here byte by byte as in the snapshot. Its memory is taken once; what does not fit is decoded by
 * the thread that reads.
 *
 * <p>Belongs to one thread at a time.
 *
 * <pre>
 *   0  type                          4 bytes
 *   4  database                      4
 *   8  length of the key             4
 *  12  length of the value           4
 *  16  expiry                        8
 *  24  idle seconds                  8
 *  32  frequency                     4
 *  40  offset of the type byte       8
 *  48  offset of the value           8
 *  56  key, value
 * </pre>
 */
public final class RecordBatch implements AutoCloseable, RdbVisitor.Reading {
  /** A batch with so many bytes is full. */
  private static final int FULL_BYTES = 256 * 1024;

  /** A key with its value takes at most so much room beside that. */
  private static final int LARGEST_RECORD = 256 * 1024;

  private static final int TYPE = 0;
  private static final int DATABASE = 4;
  private static final int KEY_LENGTH = 8;
  private static final int VALUE_LENGTH = 12;
  private static final int EXPIRY = 16;
  private static final int IDLE = 24;
  private static final int FREQUENCY = 32;
  private static final int OFFSET = 40;
  private static final int VALUE_OFFSET = 48;
  private static final int HEADER_BYTES = 56;

  private final NativeBlock records = new NativeBlock();
  private final NativeBlock decoded = new NativeBlock();
  private final RdbInput input = RdbInput.of(0, 0);
  private final RdbEntry entry = new RdbEntry();
  private int database;
  private int type;

  /** An empty batch. */
  public RecordBatch() {
    records.ensure(FULL_BYTES + LARGEST_RECORD + HEADER_BYTES);
  }

  /** Says in which database the records belong that are added from now on. */
  public void database(int index) {
    database = index;
  }

  /** Whether it is time for another batch. */
  public boolean full() {
    return records.length >= FULL_BYTES;
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return records.length == 0;
  }

  /** Forgets all records. */
  public void clear() {
    records.length = 0;
  }

  /**
   * Takes a record whose key has been read and whose value comes next.
   *
   * @return null if it was taken; otherwise an input that begins with the value, to be read to its
   *     end and then {@linkplain RdbInput#rejoin rejoined}. It is good until something is added
   */
  @org.jspecify.annotations.Nullable
  RdbInput add(RdbEntry of, int valueType, RdbInput in) throws IOException {
    int begin = records.length;
    long valueOffset = in.offset();
    if (of.keyLength() > LARGEST_RECORD / 2) {
      return in;
    }
    long header = records.address() + begin;
    UnsafeApi.copyMemory(of.key(), header + HEADER_BYTES, of.keyLength());
    int value = begin + HEADER_BYTES + of.keyLength();
    records.length = value;
    boolean taken = RdbCut.value(valueType, in, records, begin + HEADER_BYTES + LARGEST_RECORD);
    int valueLength = records.length - value;
    if (!taken) {
      records.length = begin;
      return RdbInput.continued(header + value - begin, valueLength, valueOffset, in);
    }
    UnsafeApi.putInt(header + TYPE, valueType);
    UnsafeApi.putInt(header + DATABASE, database);
    UnsafeApi.putInt(header + KEY_LENGTH, of.keyLength());
    UnsafeApi.putInt(header + VALUE_LENGTH, valueLength);
    UnsafeApi.putLong(header + EXPIRY, of.expireAtMs());
    UnsafeApi.putLong(header + IDLE, of.idleSeconds());
    UnsafeApi.putInt(header + FREQUENCY, of.frequency());
    UnsafeApi.putLong(header + OFFSET, of.offset());
    UnsafeApi.putLong(header + VALUE_OFFSET, valueOffset);
    return null;
  }

  /**
   * Shows all records to a visitor, decoding their values.
   *
   * @throws RdbFormatException if a value is malformed
   */
  public void replay(RdbVisitor visitor) throws IOException {
    int selected = -1;
    int announcedUntil = 0;
    for (int at = 0; at < records.length; ) {
      if (at >= announcedUntil) {
        announcedUntil = announce(visitor, at);
      }
      long header = records.address() + at;
      int keyLength = UnsafeApi.getInt(header + KEY_LENGTH);
      int valueLength = UnsafeApi.getInt(header + VALUE_LENGTH);
      int db = UnsafeApi.getInt(header + DATABASE);
      type = UnsafeApi.getInt(header + TYPE);
      entry.expireAtMs = UnsafeApi.getLong(header + EXPIRY);
      entry.idleSeconds = UnsafeApi.getLong(header + IDLE);
      entry.frequency = UnsafeApi.getInt(header + FREQUENCY);
      entry.offset = UnsafeApi.getLong(header + OFFSET);
      entry.over(header + HEADER_BYTES, keyLength);
      input.over(
          header + HEADER_BYTES + keyLength, valueLength, UnsafeApi.getLong(header + VALUE_OFFSET));
      if (db != selected) {
        selected = db;
        visitor.selectDb(db, entry.offset());
      }
      if (type == Rdb.TYPE_STRING) {
        string(visitor);
      } else {
        visitor.collection(entry, RdbValues.kindOf(type), this);
      }
      at += HEADER_BYTES + keyLength + valueLength;
    }
  }

  /**
   * Tells the next few keys in advance.
   *
   * @return where the first record begins that was not told
   */
  private int announce(RdbVisitor visitor, int from) {
    int at = from;
    for (int i = 0; i < RdbVisitor.AHEAD && at < records.length; i++) {
      long header = records.address() + at;
      int keyLength = UnsafeApi.getInt(header + KEY_LENGTH);
      visitor.comes(header + HEADER_BYTES, keyLength);
      at += HEADER_BYTES + keyLength + UnsafeApi.getInt(header + VALUE_LENGTH);
    }
    visitor.prepare();
    return at;
  }

  private void string(RdbVisitor visitor) throws IOException {
    int plain = input.plainLength();
    if (plain >= 0) {
      visitor.string(entry, input.address(), plain);
    } else {
      input.string(decoded);
      visitor.string(entry, decoded.address(), decoded.length);
    }
  }

  @Override
  public void into(CollectionValue target) throws IOException {
    RdbValues.read(type, input, target);
  }

  @Override
  public void close() {
    records.close();
    decoded.close();
    input.close();
  }
}
