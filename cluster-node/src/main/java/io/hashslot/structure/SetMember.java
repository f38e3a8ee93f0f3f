package io.hashslot.structure;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A flyweight over a member of a set: bytes, which may be the canonical text of a 64-bit number, or
 * a number, which may be shown as text. Either is worked out when it is first asked for, so one
 * member can be looked for in many sets. The text that it makes stands in native memory that lives
 * as long as the flyweight.
 */
public final class SetMember {
  /** Enough for the longest number. */
  private static final int SCRATCH_BYTES = 20;

  /** What is known: the bytes; that they are no number; bytes and number; the number. */
  private enum Known {
    BYTES,
    TEXT,
    BOTH,
    NUMBER
  }

  private Known known = Known.TEXT;
  private long address;
  private int length;
  private long number;
  private @Nullable MemorySegment scratch;

  /** Moves this flyweight over bytes. */
  public SetMember wrap(long newAddress, int newLength) {
    address = newAddress;
    length = newLength;
    known = Known.BYTES;
    return this;
  }

  /** Moves this flyweight over a number. */
  public SetMember wrapLong(long value) {
    number = value;
    known = Known.NUMBER;
    return this;
  }

  /** Moves this flyweight over an element of a listpack. */
  public SetMember wrapElement(long p) {
    return Listpack.isInt(p)
        ? wrapLong(Listpack.longValue(p))
        : wrap(Listpack.text(p), Listpack.textLength(p));
  }

  /** Whether the member is a number, in the only form that is taken for one. */
  public boolean isLong() {
    if (known == Known.BYTES) {
      number = Decimal.parse(address, length);
      boolean parsed = number != Decimal.NOT_A_NUMBER || Decimal.isLong(address, length);
      known = parsed ? Known.BOTH : Known.TEXT;
    }
    return known != Known.TEXT;
  }

  /** The number that {@link #isLong} has told of. */
  public long longValue() {
    return number;
  }

  /** Where the bytes are. */
  public long address() {
    render();
    return address;
  }

  /** How many bytes there are. */
  public int length() {
    render();
    return length;
  }

  /** A copy of the bytes on the heap. */
  public byte[] bytes() {
    return Memory.bytes(address(), length());
  }

  /** Moves this flyweight over a text of up to eight bytes, the first one in the lowest bits. */
  SetMember wrapText(long text, int newLength) {
    address = scratch();
    Memory.putLong(address, text);
    length = newLength;
    known = Known.TEXT;
    return this;
  }

  private void render() {
    if (known == Known.NUMBER) {
      address = scratch();
      length = Decimal.write(address, number);
      known = Known.BOTH;
    }
  }

  private long scratch() {
    MemorySegment memory = scratch;
    if (memory == null) {
      memory = Arena.ofAuto().allocate(SCRATCH_BYTES);
      scratch = memory;
    }
    return memory.address();
  }
}
