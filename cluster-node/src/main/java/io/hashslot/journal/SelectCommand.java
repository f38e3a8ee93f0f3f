package io.hashslot.journal;

import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;

/** The bytes of SELECT, in native memory. Guarded by the journal's lock. */
final class SelectCommand implements AutoCloseable {
  private final long address = UnsafeApi.allocateMemory(64);

  /** Native address of what {@link #encode} has written. */
  long address() {
    return address;
  }

  /** Writes the command for a database and returns its length in bytes. */
  int encode(int db) {
    String digits = Integer.toString(db);
    byte[] text =
        ("*2\r\n$6\r\nSELECT\r\n$" + digits.length() + "\r\n" + digits + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    UnsafeApi.copyMemory(text, UnsafeApi.arrayBaseOffset(byte[].class), null, address, text.length);
    return text.length;
  }

  @Override
  public void close() {
    UnsafeApi.freeMemory(address);
  }
}
