package io.hashslot.command.scripting;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.resp.NativeOutput;
import java.util.Collection;

/** FUNCTION DUMP */
final class FunctionDump {
  private static final int INITIAL_BYTES = 256;

  private FunctionDump() {}

  static void execute(Context ctx, Args args) {
    Collection<byte[]> sources = ctx.keys().keyspace().functions().sources();
    NativeOutput payload = new NativeOutput(INITIAL_BYTES);
    try (RdbEncoder encoder = new RdbEncoder(payload, false)) {
      // Libraries look the same in all versions: any reader will do.
      DumpPayload.writeFunctions(payload, encoder, Rdb.VERSION_REDIS_7_0, sources);
      ctx.reply().bulk(payload.address(), payload.position());
    } finally {
      payload.release();
    }
  }
}
