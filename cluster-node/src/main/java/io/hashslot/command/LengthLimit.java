package io.hashslot.command;

import java.util.function.LongSupplier;

/** How long a string may become by commands that change it in place. */
public final class LengthLimit {
  /** Lengths are kept in 31 bits; the rest is room for what stands around a value in a reply. */
  private static final long LONGEST = Integer.MAX_VALUE - 1024;

  private final LongSupplier protoMaxBulkLen;

  /** A limit that follows {@code proto-max-bulk-len}, in bytes. */
  public LengthLimit(LongSupplier protoMaxBulkLen) {
    this.protoMaxBulkLen = protoMaxBulkLen;
  }

  /**
   * Refuses a length, in bytes, beyond {@link #most}.
   *
   * @throws CommandException if the string would become too long
   */
  public void check(Context ctx, long length) {
    if (length > most(ctx)) {
      throw CommandException.err("string exceeds maximum allowed size (proto-max-bulk-len)");
    }
  }

  /**
   * Returns how long a string may become, in bytes. Streams of a primary are not judged again; a
   * length that cannot be held is refused to everybody.
   */
  public long most(Context ctx) {
    return ctx.replaying() ? LONGEST : Math.min(LONGEST, protoMaxBulkLen.getAsLong());
  }
}
