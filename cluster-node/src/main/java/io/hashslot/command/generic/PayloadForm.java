package io.hashslot.command.generic;

import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.Value;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * How DUMP and MIGRATE write values; asked for each of them.
 *
 * @param compress {@code rdbcompression}
 * @param version {@code rdb-version-compat}: the version of the format that the reader understands
 */
public record PayloadForm(BooleanSupplier compress, IntSupplier version) {
  private static final int INITIAL_BYTES = 256;

  /** Writes a value; the payload is the caller's to release. */
  NativeOutput write(Value value) {
    NativeOutput payload = new NativeOutput(INITIAL_BYTES);
    boolean written = false;
    try (RdbEncoder encoder = new RdbEncoder(payload, compress.getAsBoolean())) {
      DumpPayload.write(payload, encoder, version.getAsInt(), value);
      written = true;
      return payload;
    } finally {
      if (!written) {
        payload.release();
      }
    }
  }
}
