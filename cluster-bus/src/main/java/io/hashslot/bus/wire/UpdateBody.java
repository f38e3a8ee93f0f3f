package io.hashslot.bus.wire;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.hashslot.slot.SlotSet;
import org.agrona.DirectBuffer;

/**
 * The body of an UPDATE: which slots a third node owns, told to somebody who claims some of them
 * with an older epoch. A view: valid until the buffer is reused.
 *
 * <pre>
 *  0  config epoch     8
 *  8  node id         40
 * 48  slots         2048
 * </pre>
 */
public final class UpdateBody {
  static final int LENGTH = 8 + NodeId.LENGTH + SlotSet.BYTES;
  static final int EPOCH = 0;
  static final int NODE = 8;
  static final int SLOTS = 48;

  private DirectBuffer buffer;
  private int offset;

  UpdateBody(DirectBuffer buffer) {
    this.buffer = buffer;
  }

  UpdateBody wrap(DirectBuffer buffer, int offset) {
    this.buffer = buffer;
    this.offset = offset;
    return this;
  }

  /** The config epoch of the node. */
  public long configEpoch() {
    return buffer.getLong(offset + EPOCH, BIG_ENDIAN);
  }

  /** Whose slots these are. */
  public NodeId node() {
    return NodeId.read(buffer, offset + NODE);
  }

  /** Whether a slot is among them. */
  public boolean claims(int slot) {
    return (buffer.getByte(offset + SLOTS + (slot >>> 3)) & 1 << (slot & 7)) != 0;
  }

  /** Copies the slots. */
  public void slotsTo(SlotSet target) {
    buffer.getBytes(offset + SLOTS, target.bitmap());
  }
}
