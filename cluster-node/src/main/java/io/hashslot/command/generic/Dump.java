package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.Value;

/** DUMP key */
final class Dump {
  private static final int INITIAL_BYTES = 256;

  private Dump() {}

  static void execute(Context ctx, Args args) {
    Value value = ctx.keys().find(ctx.key(1));
    if (value == null) {
      ctx.reply().nil();
      return;
    }
    NativeOutput payload = new NativeOutput(INITIAL_BYTES);
    try (RdbEncoder encoder = new RdbEncoder(payload, true)) {
      // The version that the oldest servers we work with can restore.
      DumpPayload.write(payload, encoder, Rdb.VERSION_REDIS_7_0, value);
      ctx.reply().bulk(payload.address(), payload.position());
    } finally {
      payload.release();
    }
  }
}
