package io.hashslot.command.string;

import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import java.util.function.LongSupplier;

/** How long a string may become by commands that change it in place. */
final class LengthLimit {
  /** Lengths are kept in 31 bits; the rest is room for what stands around a value in a reply. */
  private static final long LONGEST = Integer.MAX_VALUE - 1024;

  private final LongSupplier protoMaxBulkLen;

  LengthLimit(LongSupplier protoMaxBulkLen) {
    this.protoMaxBulkLen = protoMaxBulkLen;
  }

  /**
   * Refuses a length, given in bytes, above {@code proto-max-bulk-len}. Streams of a primary are
   * not judged again; a length that cannot be held is refused to everybody.
   *
   * @throws CommandException if the string would become too long
   */
  void check(Context ctx, long length) {
    long most = ctx.replaying() ? LONGEST : Math.min(LONGEST, protoMaxBulkLen.getAsLong());
    if (length > most) {
      throw CommandException.err("string exceeds maximum allowed size (proto-max-bulk-len)");
    }
  }
}
