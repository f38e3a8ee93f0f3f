package io.hashslot.bus.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * By which a text of nodes.conf is known to be whole, and newer or older than another: two more
 * variables in its last line, the number of the save and the CRC-32C of all bytes before it in hex.
 *
 * <pre>{@code
 * vars currentEpoch 9 lastVoteEpoch 5 save 77          crc 0a1b2c3d
 * }</pre>
 *
 * <p>Blanks before the last variable fill the text up to a wanted length, so that the checksum
 * always stands in the last bytes: whatever mixture of two texts of that length a crash leaves, it
 * ends with a checksum, and with a wrong one. Redis 7.0.15 and Valkey 8.0.1 skip the variables,
 * with a line in their logs, and write files without them.
 *
 * @param number of the save; grows; 0 if it is not whole
 * @param whole whether the checksum is right
 */
record Stamp(long number, boolean whole) {
  /** The name of the variable that holds the number. */
  static final String NUMBER = "save";

  /** The name of the variable that holds the checksum. */
  static final String CHECKSUM = "crc";

  private static final String NUMBER_HEAD = " " + NUMBER + " ";
  private static final String TAIL_HEAD = " " + CHECKSUM + " ";
  private static final int CHECKSUM_DIGITS = 8;
  private static final int TAIL_BYTES = TAIL_HEAD.length() + CHECKSUM_DIGITS + 1;
  private static final HexFormat HEX = HexFormat.of();
  private static final Stamp DAMAGED = new Stamp(0, false);

  /** Returns how many bytes a text and its stamp need at most. */
  static int maxLength(String text) {
    return text.length()
        + NUMBER_HEAD.length()
        + Long.toString(Long.MAX_VALUE).length()
        + TAIL_BYTES;
  }

  /**
   * Stamps a text.
   *
   * @param text as {@link NodesText#format} makes it: ends with the variables
   * @param length of the result, in bytes, if it is no longer without filling
   */
  static byte[] on(String text, long number, int length) {
    String numbered = text.stripTrailing() + NUMBER_HEAD + number;
    int filling = Math.max(0, length - TAIL_BYTES - numbered.length());
    byte[] bytes = new byte[numbered.length() + filling + TAIL_BYTES];
    Arrays.fill(bytes, (byte) ' ');
    byte[] head = numbered.getBytes(US_ASCII);
    System.arraycopy(head, 0, bytes, 0, head.length);
    int summed = bytes.length - TAIL_BYTES;
    byte[] tail = (TAIL_HEAD + HEX.toHexDigits(checksum(bytes, summed)) + '\n').getBytes(US_ASCII);
    System.arraycopy(tail, 0, bytes, summed, tail.length);
    return bytes;
  }

  /** Returns the stamp of a text; null if it has none: another server or a person wrote it. */
  static @Nullable Stamp of(byte[] bytes) {
    int summed = bytes.length - TAIL_BYTES;
    if (summed < 0) {
      return null;
    }
    String tail = new String(bytes, summed, TAIL_BYTES, US_ASCII);
    if (!tail.startsWith(TAIL_HEAD) || !tail.endsWith("\n")) {
      return null;
    }
    boolean whole = tail.equals(TAIL_HEAD + HEX.toHexDigits(checksum(bytes, summed)) + '\n');
    return whole ? new Stamp(number(new String(bytes, 0, summed, US_ASCII)), true) : DAMAGED;
  }

  private static long number(String summed) {
    int at = summed.lastIndexOf(NUMBER_HEAD);
    return at < 0 ? 0 : Long.parseLong(summed.substring(at + NUMBER_HEAD.length()).strip());
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
