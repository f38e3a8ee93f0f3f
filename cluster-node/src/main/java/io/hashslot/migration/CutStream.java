package io.hashslot.migration;

import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.persist.rdb.RdbValues;
import io.hashslot.persist.snapshot.CutSink;
import io.hashslot.resp.NativeOutput;
import java.io.IOException;

/**
 * Sends the keys of a cut as commands that every server takes: RESTORE as a rule, whose payload is
 * the value as it lies in memory, so that nothing is taken apart; what builds a big value piece by
 * piece ({@link io.hashslot.persist.aof.CommandParts}), so that nobody waits for all of it.
 */
final class CutStream implements CutSink, AutoCloseable {
  private static final int SEND_BYTES = 128 * 1024;
  private static final int SCRATCH_BYTES = 4 * 1024;
  private static final int KEPT_BYTES = 1 << 20;

  private final TargetStream target;
  private final int version;
  private NativeOutput out = new NativeOutput(2 * SEND_BYTES);
  private final NativeOutput payload = new NativeOutput(SCRATCH_BYTES);
  private final RdbEncoder encoder = new RdbEncoder(payload, false);

  /**
   * A stream to a target.
   *
   * @param version of RDB, in which the cut shows its values
   */
  CutStream(TargetStream target, int version) {
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
  public void head(int type, long key, int keyLength, long expireAtMs) {}

  @Override
  public void part(long address, int length) throws IOException {
    out.put(address, length);
    flushIfFull();
  }

  @Override
  public void endOfParts() {}

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
    flushIfFull();
  }

  private void flushIfFull() throws IOException {
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
  }
}
