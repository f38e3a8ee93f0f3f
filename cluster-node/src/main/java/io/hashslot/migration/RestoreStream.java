package io.hashslot.migration;

import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.persist.rdb.RdbValues;
import io.hashslot.persist.snapshot.CutSink;
import io.hashslot.resp.NativeOutput;
import java.io.IOException;

/**
 * Sends the keys of a cut as RESTORE commands: a plain write command, which every server takes, and
 * whose payload is the value as it lies in memory, so that nothing is taken apart. Big collections,
 * which come in parts, are gathered first: the length of an argument stands before it.
 */
final class RestoreStream implements CutSink, AutoCloseable {
  private static final int SEND_BYTES = 128 * 1024;
  private static final int SCRATCH_BYTES = 4 * 1024;
  private static final int KEPT_BYTES = 1 << 20;

  private final TargetStream target;
  private final int version;
  private NativeOutput out = new NativeOutput(2 * SEND_BYTES);
  private NativeOutput payload = new NativeOutput(SCRATCH_BYTES);
  private final RdbEncoder encoder = new RdbEncoder(payload, false);
  private final NativeOutput key = new NativeOutput(256);
  private long expireAtMs;

  /**
   * A stream to a target.
   *
   * @param version of RDB, in which the cut shows its values
   */
  RestoreStream(TargetStream target, int version) {
    this.target = target;
    this.version = version;
  }

  @Override
  public void begin(int database) {
    target.select(database, out);
  }

  @Override
  public void entry(int type, long key, int keyLength, long expireAtMs, long value, int valueLength)
      throws IOException {
    payload.position(0);
    encoder.to(payload);
    encoder.u8(type);
    if (RdbValues.isBlob(type)) {
      encoder.string(value, valueLength);
    } else {
      encoder.raw(value, valueLength);
    }
    command(key, keyLength, expireAtMs);
  }

  @Override
  public void head(int type, long keyAddress, int keyLength, long expiry) {
    key.position(0);
    key.put(keyAddress, keyLength);
    expireAtMs = expiry;
    payload.position(0);
    encoder.to(payload);
    encoder.u8(type);
  }

  @Override
  public void part(long address, int length) {
    encoder.raw(address, length);
  }

  @Override
  public void endOfParts() throws IOException {
    command(key.address(), key.position(), expireAtMs);
    if (payload.capacity() > KEPT_BYTES) {
      payload.release();
      payload = new NativeOutput(SCRATCH_BYTES);
    }
  }

  private void command(long keyAddress, int keyLength, long expiry) throws IOException {
    DumpPayload.close(payload, encoder, version, 0);
    boolean expires = expiry >= 0;
    Commands.header(out, '*', expires ? 5 : 4);
    Commands.argument(out, "RESTORE");
    Commands.argument(out, keyAddress, keyLength);
    Commands.argument(out, expires ? Long.toString(Math.max(1, expiry)) : "0");
    Commands.argument(out, payload.address(), payload.position());
    if (expires) {
      Commands.argument(out, "ABSTTL");
    }
    if (out.position() >= SEND_BYTES) {
      flush();
    }
  }

  /** Sends what is left. */
  void flush() throws IOException {
    target.send(out);
    if (out.capacity() > KEPT_BYTES) {
      out.release();
      out = new NativeOutput(2 * SEND_BYTES);
    }
  }

  @Override
  public void close() {
    encoder.close();
    out.release();
    payload.release();
    key.release();
  }
}
