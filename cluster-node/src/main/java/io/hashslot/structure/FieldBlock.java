package io.hashslot.structure;

/**
 * The layout of a block of a hash's {@link MemberTable}: the field, and attached to it the value,
 * both as {@link MemberBlock} lays out bytes. All static.
 */
public final class FieldBlock {
  private FieldBlock() {}

  /** Bytes of a block for a field and a value of these lengths. */
  public static long bytes(int fieldLength, int valueLength) {
    return MemberBlock.bytes(fieldLength) + MemberBlock.bytes(valueLength);
  }

  /** Bytes of a block. */
  public static long bytes(long block) {
    long value = MemberBlock.attached(block);
    return value - block + MemberBlock.bytes(value);
  }

  /** Points slices at the field and its value. */
  public static void get(long block, Slice field, Slice value) {
    field.wrap(MemberBlock.address(block), MemberBlock.length(block));
    getValue(block, value);
  }

  /** Points a slice at the value. */
  public static void getValue(long block, Slice value) {
    long at = MemberBlock.attached(block);
    value.wrap(MemberBlock.address(at), MemberBlock.length(at));
  }

  /** Writes field and value into a block of at least {@link #bytes(int, int)} bytes. */
  public static void write(long block, long field, int fieldLength, long value, int valueLength) {
    MemberBlock.write(block, field, fieldLength);
    MemberBlock.write(block + MemberBlock.bytes(fieldLength), value, valueLength);
  }

  /** Writes another value into a block that is large enough for it. */
  public static void putValue(long block, long value, int valueLength) {
    MemberBlock.write(MemberBlock.attached(block), value, valueLength);
  }
}
