package io.hashslot.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.Crc64;
import java.util.List;
import java.util.Random;

/** Bytes that no honest client sends, a character each. */
final class HostileBytes {
  /** What stands behind each payload: the version of the format and the checksum, bytes. */
  static final int FOOTER = 10;

  private static final List<String> WORDS =
      List.of(
          "*",
          "$",
          "\r\n",
          "\r",
          "\n",
          "0",
          "1",
          "3",
          "-1",
          "9",
          "2147483647",
          "1048577",
          " ",
          "\"",
          "'",
          "\\x",
          "\0",
          "\u00ff",
          "GET",
          "SET",
          "a",
          "EXEC",
          "MULTI",
          "BLPOP",
          "*1\r\n",
          "*3\r\n$3\r\nSET\r\n",
          "$1\r\na\r\n",
          "$4\r\nPING\r\n",
          "+",
          "PING\r\n",
          "x".repeat(100));

  private HostileBytes() {}

  /** Bytes of all kinds, above all those that mean something to the protocol. */
  static String any(Random random) {
    StringBuilder bytes = new StringBuilder();
    boolean wild = random.nextInt(4) == 0;
    for (int i = random.nextInt(400); i >= 0; i--) {
      bytes.append(wild ? "" + (char) random.nextInt(256) : word(random));
    }
    return random.nextInt(20) == 0 ? bytes.toString().repeat(50) : bytes.toString();
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /** The same, but for a few bytes: other ones, missing, put in, or a piece twice. */
  static String damaged(String good, Random random) {
    StringBuilder bytes = new StringBuilder(good);
    for (int i = random.nextInt(6); i >= 0 && !bytes.isEmpty(); i--) {
      int at = random.nextInt(bytes.length());
      int end = Math.min(bytes.length(), at + 1 + random.nextInt(20));
      switch (random.nextInt(7)) {
        case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
        case 1 -> bytes.setCharAt(at, (char) (bytes.charAt(at) + 1 & 255));
        case 2 -> bytes.setCharAt(at, (char) (bytes.charAt(at) ^ 1 << random.nextInt(8)));
        case 3 -> bytes.delete(at, end);
        case 4 -> bytes.insert(at, word(random));
        case 5 -> bytes.insert(at, bytes.substring(at, end));
        default -> bytes.setLength(at);
      }
    }
    return bytes.toString();
  }

  /** A payload of DUMP with damage that its checksum does not tell. */
  static String signed(String payload, Random random) {
    int body = payload.length() - FOOTER;
    String version = payload.substring(body, body + 2);
    byte[] bytes = (damaged(payload.substring(0, body), random) + version).getBytes(ISO_8859_1);
    long copy = Memory.allocate(bytes.length);
    Memory.copy(bytes, 0, copy, bytes.length);
    long crc = Crc64.update(0, copy, bytes.length);
    Memory.free(copy);
    StringBuilder signed = new StringBuilder(new String(bytes, ISO_8859_1));
    for (int i = 0; i < 8; i++) {
      signed.append((char) (crc >>> 8 * i & 255));
    }
    return signed.toString();
  }
}
