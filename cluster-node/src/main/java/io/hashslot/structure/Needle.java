package io.hashslot.structure;

import io.hashslot.memory.Memory;
import io.hashslot.resp.Decimal;

/**
 * Bytes that are looked for among many elements of listpacks. Whether they are a number is found
 * out once, so that elements that are kept as numbers are compared as such.
 */
public final class Needle {
  private long address;
  private int length;
  private boolean isNumber;
  private long number;

  /** Looks for these bytes, which stay in place meanwhile. */
  public Needle wrap(long newAddress, int newLength) {
    address = newAddress;
    length = newLength;
    number = Decimal.parse(address, length);
    isNumber = number != Decimal.NOT_A_NUMBER || Decimal.isLong(address, length);
    return this;
  }

  /** Whether the element of a listpack is this. */
  public boolean is(long p) {
    return Listpack.isInt(p)
        ? isNumber && Listpack.longValue(p) == number
        : is(Listpack.text(p), Listpack.textLength(p));
  }

  /** Whether these bytes are the same. */
  public boolean is(long other, int otherLength) {
    return length == otherLength && Memory.equal(address, other, length);
  }
}
