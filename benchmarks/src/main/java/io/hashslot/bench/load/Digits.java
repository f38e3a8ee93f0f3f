package io.hashslot.bench.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.UnsafeApi;

/** Twelve decimal digits in native memory, zero padded: written four at a time from a table. */
final class Digits {

  /** How many bytes {@link #put} writes and {@link #matches} reads. */
  static final int LENGTH = 12;

  /** The first number that no longer fits. */
  static final long LIMIT = 1_000_000_000_000L;

  private static final int[] GROUPS = groups();

  private Digits() {}

  /** Writes {@code number} (0 to {@link #LIMIT} - 1) at {@code address}. */
  static void put(long address, long number) {
    int high = (int) (number / 100_000_000);
    int low = (int) (number - high * 100_000_000L);
    int middle = low / 10_000;
    UnsafeApi.putInt(address, GROUPS[high]);
    UnsafeApi.putInt(address + 4, GROUPS[middle]);
    UnsafeApi.putInt(address + 8, GROUPS[low - middle * 10_000]);
  }

  /** Returns whether the twelve bytes at {@code address} are the digits of {@code number}. */
  static boolean matches(long address, long number) {
    int high = (int) (number / 100_000_000);
    int low = (int) (number - high * 100_000_000L);
    int middle = low / 10_000;
    return UnsafeApi.getInt(address) == GROUPS[high]
        && UnsafeApi.getInt(address + 4) == GROUPS[middle]
        && UnsafeApi.getInt(address + 8) == GROUPS[low - middle * 10_000];
  }

  /** The four characters of 0000 to 9999, each as the int that lies in memory as those bytes. */
  private static int[] groups() {
    int[] groups = new int[10_000];
    for (int i = 0; i < groups.length; i++) {
      byte[] text = String.format(Locale.ROOT, "%04d", i).getBytes(StandardCharsets.US_ASCII);
      groups[i] = ByteBuffer.wrap(text).order(ByteOrder.nativeOrder()).getInt();
    }
    return groups;
  }
}
