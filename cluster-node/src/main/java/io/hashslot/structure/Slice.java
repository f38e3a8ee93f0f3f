package io.hashslot.structure;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A view of bytes in native memory, reused from element to element. It may also show a number: then
 * the bytes are its decimal text, in the slice's own memory: whoever uses its address must keep the
 * slice, too.
 */
public final class Slice {
  /** Keeps the memory behind {@link #text} alive; made when the first number comes. */
  private @Nullable ByteBuffer textOwner;

  private long text;
  private long address;
  private int length;

  /** Shows a range of bytes, for as long as these stay where they are. */
  public Slice wrap(long address, int length) {
    this.address = address;
    this.length = length;
    return this;
  }

  /** Shows the decimal text of a number, until the slice is wrapped around something else. */
  public Slice wrapLong(long value) {
    if (textOwner == null) {
      textOwner = ByteBuffer.allocateDirect(20);
      text = BufferUtil.address(textOwner);
    }
    address = text;
    length = Decimal.write(text, value);
    return this;
  }

  /** Where the bytes begin. */
  public long address() {
    return address;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Whether these are the bytes at {@code address}. */
  public boolean equal(long address, int length) {
    try {
      return this.length == length && Memory.equal(this.address, address, length);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** A copy of the bytes on the heap. */
  public byte[] bytes() {
    try {
      return Memory.bytes(address, length);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
