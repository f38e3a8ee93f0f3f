package io.hashslot.persist.aof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Picks from the journal's bytes what belongs in the append-only file: everything but PING,
 * REPLCONF, CLUSTER SETSLOT and published messages, which are for replicas alone. Between commands
 * and outside of transactions it can add the time.
 *
 * <p>Bytes come in slices that may end anywhere. They are not copied: what is kept are views of the
 * slice. Only when a slice ends before the name of a command is known its first bytes, a few dozen
 * at most, are set aside.
 */
final class StreamFilter {
  /** What is left to read of a command. */
  private enum At {
    START,
    COUNT,
    LENGTH,
    BYTES
  }

  /** Names longer than this are kept, whatever they are. */
  private static final int LONGEST_DROPPED = 8;

  private final byte[] name = new byte[LONGEST_DROPPED];

  /** A header of a command and of its name, and the name. */
  private final byte[] aside = new byte[64];

  private At at = At.START;
  private long number;
  private long argumentsLeft;
  private long bytesLeft;
  private int nameLength;
  private int asideLength;
  private boolean decided;
  private boolean dropping;

  /** The name is CLUSTER: the next word is looked at in its place. */
  private boolean subcommand;

  /** What is left of a word does not matter. */
  private boolean skipping;

  private boolean inTransaction;
  private long stampedSecond = -1;

  // Within one slice
  private int keptFrom;
  private int commandFrom;

  /** Whether what has come so far ends with a command, outside of a transaction. */
  boolean atBorder() {
    return at == At.START && !inTransaction;
  }

  /**
   * Takes the next bytes.
   *
   * @param second the time that is written before the next command if another was written last, in
   *     Unix seconds; -1 writes none
   * @param kept gets what belongs in the file, in order
   */
  void split(ByteBuffer slice, long second, List<ByteBuffer> kept) {
    int end = slice.limit();
    int i = slice.position();
    keptFrom = decided && dropping ? -1 : i;
    commandFrom = i;
    boolean undecided = at != At.START && !decided;
    if (undecided) {
      keptFrom = -1;
    }
    while (i < end) {
      switch (at) {
        case START -> i = start(slice, i, second, kept);
        case COUNT, LENGTH -> i = header(slice, i);
        case BYTES -> i = bytes(slice, i, end, kept);
      }
    }
    if (at != At.START && !decided) {
      keep(slice, commandFrom, kept);
      setAside(slice, end);
    } else {
      keep(slice, end, kept);
    }
  }

  /** What was kept up to here is given out. */
  private void keep(ByteBuffer slice, int to, List<ByteBuffer> kept) {
    if (keptFrom >= 0 && to > keptFrom) {
      kept.add(slice.duplicate().limit(to).position(keptFrom));
    }
    keptFrom = -1;
  }

  private void setAside(ByteBuffer slice, int end) {
    int from = commandFrom;
    slice.get(from, aside, asideLength, end - from);
    asideLength += end - from;
  }

  private int start(ByteBuffer slice, int i, long second, List<ByteBuffer> kept) {
    if (slice.get(i) != '*') {
      // A primary may send empty lines between commands, as signs of life.
      keep(slice, i, kept);
      keptFrom = i + 1;
      return i + 1;
    }
    if (second >= 0 && second != stampedSecond && !inTransaction) {
      keep(slice, i, kept);
      keptFrom = i;
      stampedSecond = second;
      kept.add(stamp(second));
    }
    commandFrom = i;
    at = At.COUNT;
    number = 0;
    argumentsLeft = -1;
    nameLength = 0;
    decided = false;
    dropping = false;
    subcommand = false;
    skipping = false;
    return i + 1;
  }

  /** Returns the line that tells the time. */
  static ByteBuffer stamp(long second) {
    return ByteBuffer.wrap(("#TS:" + second + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private int header(ByteBuffer slice, int i) {
    byte b = slice.get(i);
    if (b >= '0' && b <= '9') {
      number = number * 10 + (b - '0');
    } else if (b == '\n') {
      if (at == At.COUNT) {
        argumentsLeft = number;
        at = At.LENGTH;
      } else {
        bytesLeft = number + 2;
        at = At.BYTES;
      }
      number = 0;
    }
    return i + 1;
  }

  private int bytes(ByteBuffer slice, int i, int end, List<ByteBuffer> kept) {
    int n = (int) Math.min(bytesLeft, end - i);
    if (!decided && !skipping) {
      for (int k = 0; k < n && nameLength < LONGEST_DROPPED; k++) {
        name[nameLength++] = slice.get(i + k);
      }
      if (nameLength == LONGEST_DROPPED || n == bytesLeft) {
        decide(slice, kept);
      }
    }
    bytesLeft -= n;
    if (bytesLeft == 0) {
      skipping = false;
      argumentsLeft--;
      if (argumentsLeft == 0 && !decided) {
        decide(slice, kept); // there is no subcommand
      }
      at = argumentsLeft == 0 ? At.START : At.LENGTH;
      if (at == At.START && dropping) {
        keptFrom = i + n;
        dropping = false;
      }
    }
    return i + n;
  }

  /** The name is known as far as it matters; of CLUSTER it is the subcommand that matters. */
  private void decide(ByteBuffer slice, List<ByteBuffer> kept) {
    if (!subcommand && begins("CLUSTER\r")) {
      subcommand = true;
      skipping = true;
      nameLength = 0;
      return;
    }
    decided = true;
    if (begins("MULTI\r\n")) {
      inTransaction = true;
    } else if (begins("EXEC\r\n")) {
      inTransaction = false;
    }
    dropping =
        subcommand && begins("SETSLOT\r")
            || begins("PING\r\n")
            || begins("PUBLISH\r")
            || begins("SPUBLISH")
            || begins("REPLCONF");
    if (dropping) {
      keep(slice, commandFrom, kept);
    } else if (asideLength > 0) {
      kept.add(ByteBuffer.wrap(aside.clone(), 0, asideLength));
      keptFrom = slice.position();
    }
    asideLength = 0;
  }

  /** Whether the name, with the end of its line, begins like that; in capitals or not. */
  private boolean begins(String text) {
    if (nameLength < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      int b = name[i];
      int upper = b >= 'a' && b <= 'z' ? b - 32 : b;
      if (upper != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
