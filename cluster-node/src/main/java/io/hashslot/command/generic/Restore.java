package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.persist.rdb.RdbVisitor;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.Kind;
import java.io.IOException;

/** RESTORE key ttl serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency] */
final class Restore {
  private static final CommandException BUSY_KEY =
      new CommandException("BUSYKEY Target key name already exists.");

  private Restore() {}

  private record Options(boolean replace, boolean absolute, long idleSeconds, int frequency) {
    static Options of(Args args) {
      boolean replace = false;
      boolean absolute = false;
      long idleSeconds = -1;
      long frequency = -1;
      for (int i = 4; i < args.count(); i++) {
        boolean more = i + 1 < args.count();
        if (args.is(i, "REPLACE")) {
          replace = true;
        } else if (args.is(i, "ABSTTL")) {
          absolute = true;
        } else if (args.is(i, "IDLETIME") && more && frequency < 0) {
          idleSeconds = args.integer(++i);
          if (idleSeconds < 0) {
            throw CommandException.err("Invalid IDLETIME value, must be >= 0");
          }
        } else if (args.is(i, "FREQ") && more && idleSeconds < 0) {
          frequency = args.integer(++i);
          if (frequency < 0 || frequency > 255) {
            throw CommandException.err("Invalid FREQ value, must be >= 0 and <= 255");
          }
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Options(replace, absolute, idleSeconds, (int) frequency);
    }
  }

  static void execute(Context ctx, Args args) {
    Options options = Options.of(args);
    Key key = ctx.key(1);
    if (!options.replace && ctx.keys().findForWrite(key) != null) {
      throw BUSY_KEY;
    }
    long ttlMs = args.integer(2);
    if (ttlMs < 0) {
      throw CommandException.err("Invalid TTL value, must be >= 0");
    }
    if (!DumpPayload.valid(args.address(3), args.length(3))) {
      throw CommandException.err("DUMP payload version or checksum are wrong");
    }
    Restored restored = new Restored(ctx, args, options, ttlMs);
    try {
      DumpPayload.read(args.address(3), args.length(3), restored);
    } catch (IOException malformed) {
      throw CommandException.err("Bad data format");
    }
    ctx.reply().ok();
  }

  /** Puts what the payload holds in its place. */
  private record Restored(Context ctx, Args args, Options options, long ttlMs)
      implements DumpPayload.Sink {
    @Override
    public void string(long address, int length) {
      Key key = ctx.key(1);
      boolean replaced = ctx.keys().remove(key);
      if (isPast()) {
        tellRemoved(key, replaced);
        return;
      }
      ctx.keys().put(key, address, length, expireAtMs());
      stored(key);
    }

    @Override
    public void collection(Kind kind, RdbVisitor.Reading reading) throws IOException {
      Key key = ctx.key(1);
      CollectionValue value = ctx.values().detached(key, kind);
      boolean read = false;
      try {
        reading.into(value);
        read = true;
      } finally {
        if (!read || isPast()) {
          ctx.values().discard(value);
        }
      }
      if (isPast()) {
        tellRemoved(key, ctx.keys().remove(key));
        return;
      }
      ctx.values().put(key, value, expireAtMs());
      stored(key);
    }

    /** A sum beyond 64 bits is negative and so has passed, as in the C servers. */
    private long atMs() {
      return options.absolute ? ttlMs : ctx.nowMs() + ttlMs;
    }

    private long expireAtMs() {
      return ttlMs == 0 ? Keys.NO_EXPIRY : Math.max(0, atMs());
    }

    private boolean isPast() {
      return ttlMs > 0 && ctx.isPast(atMs());
    }

    private void tellRemoved(Key key, boolean replaced) {
      if (replaced) {
        ctx.changed(key, KeyEvent.GENERIC, "del");
        ctx.effects().command(ctx.database(), "UNLINK", 1).argument(key.address(), key.length());
      }
    }

    private void stored(Key key) {
      ctx.keys().setAccess(key, options.idleSeconds, options.frequency);
      ctx.changed(key, KeyEvent.GENERIC, "restore");
      if (ttlMs > 0 && !options.absolute) {
        repeat(ctx, args, atMs());
      }
    }
  }

  private static void repeat(Context ctx, Args args, long atMs) {
    ctx.effects().command(ctx.database(), args.count() + 1);
    for (int i = 0; i < args.count(); i++) {
      if (i == 2) {
        ctx.effects().argument(atMs);
      } else {
        ctx.effects().argument(args.address(i), args.length(i));
      }
    }
    ctx.effects().argument("ABSTTL");
  }
}
