package io.hashslot.journal;

import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;

/** Text in native memory for the length of a test. */
final class NativeBytes implements AutoCloseable {
  final long address;
  final int length;

  NativeBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    length = bytes.length;
    address = UnsafeApi.allocateMemory(Math.max(1, length));
    UnsafeApi.copyMemory(
        bytes, UnsafeApi.arrayBaseOffset(byte[].class), null, address, bytes.length);
  }

  static String read(long address, long length) {
    byte[] bytes = new byte[(int) length];
    UnsafeApi.copyMemory(null, address, bytes, UnsafeApi.arrayBaseOffset(byte[].class), length);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    UnsafeApi.freeMemory(address);
  }
}
