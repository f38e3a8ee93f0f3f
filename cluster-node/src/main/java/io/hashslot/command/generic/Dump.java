package io.hashslot.command.generic;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.StringValue;

/** DUMP key */
final class Dump {
  private static final int PAYLOAD_EXTRA_BYTES = 32;

  private Dump() {}

  static void execute(Context ctx, Args args) {
    switch (ctx.keys().find(ctx.key(1))) {
      case null -> ctx.reply().nil();
      case StringValue text -> reply(ctx, text);
    }
  }

  private static void reply(Context ctx, StringValue text) {
    NativeOutput payload = new NativeOutput(text.length() + PAYLOAD_EXTRA_BYTES);
    try (RdbEncoder encoder = new RdbEncoder(payload, true)) {
      // The version that the oldest servers we work with can restore.
      DumpPayload.writeString(
          payload, encoder, Rdb.VERSION_REDIS_7_0, text.address(), text.length());
      ctx.reply().bulk(payload.address(), payload.position());
    } finally {
      payload.release();
    }
  }
}
