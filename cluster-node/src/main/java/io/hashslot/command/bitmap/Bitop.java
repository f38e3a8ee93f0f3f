package io.hashslot.command.bitmap;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.memory.Memory;
import io.hashslot.value.StringEncoding;
import io.hashslot.value.StringValue;

/** BITOP AND|OR|XOR|NOT destkey key [key ...] */
final class Bitop {
  private enum Operation {
    AND,
    OR,
    XOR,
    NOT
  }

  private Bitop() {}

  static void execute(Context ctx, Args args) {
    Operation operation = operation(args);
    if (operation == Operation.NOT && args.count() != 4) {
      throw CommandException.err("BITOP NOT must be called with a single source key.");
    }
    int longest = 0;
    for (int i = 3; i < args.count(); i++) {
      StringValue source = ctx.keys().string(ctx.key(i));
      longest = Math.max(longest, source == null ? 0 : source.length());
    }
    Key target = ctx.key(2);
    if (longest == 0) {
      if (ctx.keys().remove(target)) {
        ctx.changed(target, KeyEvent.GENERIC, "del");
      }
    } else {
      // Beside the sources: the target may be one of them.
      long result = Memory.allocate(longest);
      try {
        combine(ctx, args, operation, result, longest);
        ctx.keys().put(target, result, longest, StringEncoding.RAW, Keys.NO_EXPIRY);
      } finally {
        Memory.free(result);
      }
      ctx.changed(target, KeyEvent.STRING, "set");
    }
    ctx.reply().integer(longest);
  }

  private static Operation operation(Args args) {
    for (Operation operation : Operation.values()) {
      if (args.is(1, operation.name())) {
        return operation;
      }
    }
    throw CommandException.SYNTAX;
  }

  private static void combine(
      Context ctx, Args args, Operation operation, long result, int longest) {
    for (int i = 3; i < args.count(); i++) {
      StringValue source = (StringValue) ctx.keys().peek(ctx.key(i));
      int length = source == null ? 0 : source.length();
      long address = source == null ? 0 : source.address();
      if (i == 3) {
        Memory.copy(address, result, length);
        Memory.fill(result + length, longest - length, 0);
        if (operation == Operation.NOT) {
          invert(result, longest);
        }
      } else {
        apply(operation, address, result, length);
        if (operation == Operation.AND) {
          Memory.fill(result + length, longest - length, 0);
        }
      }
    }
  }

  private static void invert(long result, int length) {
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      Memory.putLong(result + at, ~Memory.getLong(result + at));
    }
    for (; at < length; at++) {
      Memory.putByte(result + at, ~Memory.getByte(result + at));
    }
  }

  private static void apply(Operation operation, long source, long result, int length) {
    int at = 0;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      long one = Memory.getLong(source + at);
      Memory.putLong(result + at, apply(operation, Memory.getLong(result + at), one));
    }
    for (; at < length; at++) {
      long one = Memory.getByte(source + at);
      Memory.putByte(result + at, (int) apply(operation, Memory.getByte(result + at), one));
    }
  }

  private static long apply(Operation operation, long one, long other) {
    return switch (operation) {
      case AND -> one & other;
      case OR -> one | other;
      case XOR -> one ^ other;
      case NOT -> ~one;
    };
  }
}
