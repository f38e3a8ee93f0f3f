package io.hashslot.persist.aof;

import io.hashslot.persist.snapshot.SnapshotCheck;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Checks one append-only file, and cuts it if that is asked for. Prints what {@code
 * redis-check-aof} 7.0.15 prints; it is stricter in one thing: a command without arguments, which
 * no server loads, is none.
 */
final class FileCheck {
  /** What has become of a file. */
  enum Outcome {
    VALID,
    EMPTY,
    /** Cut behind its last good command. */
    CUT,
    /** Cut before the first command that is too late. */
    CUT_AT_TIME,
    /** It is damaged, or cannot be cut: the check is over. Why has been printed. */
    REFUSED
  }

  /**
   * What is asked for.
   *
   * @param fix whether to cut off what is damaged
   * @param untilSeconds cut off what was written later, Unix time in seconds; 0: nothing
   */
  record Wish(boolean fix, long untilSeconds) {}

  private static final int LINE_BYTES = 127;
  private static final int LONGEST_NAME = 64;

  private final Surroundings around;
  private final PrintStream out;
  private final FileChannel channel;
  private final CheckInput in;

  /** As it is printed. */
  private final String name;

  private final Path path;

  /** No other file but the last one may be cut. */
  private final boolean last;

  /** Lines read so far, of all files. */
  private long lines;

  private long elementAt;
  private String problem = "";
  private boolean endInHeader;

  /** What is asked for, who says whether to go on, and where findings are printed. */
  record Surroundings(Wish wish, InputStream answers, PrintStream out, Clock clock) {}

  /** What has come of a file, and how many lines there were in it and in those before. */
  record Checked(Outcome outcome, long lines) {}

  private FileCheck(
      Surroundings around,
      FileChannel channel,
      String name,
      Path path,
      boolean last,
      long linesBefore)
      throws IOException {
    this.around = around;
    this.channel = channel;
    this.name = name;
    this.path = path;
    this.last = last;
    out = around.out();
    in = new CheckInput(channel);
    lines = linesBefore;
  }

  /**
   * Checks a file.
   *
   * @param name as it is printed
   * @param last whether it is the last file: no other may be cut
   * @param snapshot whether it begins with a snapshot
   * @param linesBefore how many lines there were in the files before it, plus one
   */
  static Checked run(
      Surroundings around, String name, Path path, boolean last, boolean snapshot, long linesBefore)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileCheck check = new FileCheck(around, channel, name, path, last, linesBefore);
      return new Checked(check.run(snapshot), check.lines);
    }
  }

  private Outcome run(boolean snapshot) throws IOException {
    if (in.size() == 0) {
      return Outcome.EMPTY;
    }
    return snapshot && !passSnapshot() ? Outcome.REFUSED : commands();
  }

  private boolean passSnapshot() throws IOException {
    try (SnapshotCheck check = new SnapshotCheck(channel, out, around.clock())) {
      if (!check.run(name)) {
        out.println("RDB preamble of AOF file is not sane, aborting.");
        return false;
      }
      check.info("\\o/ RDB looks OK! \\o/");
      check.printFigures();
      out.println("RDB preamble is OK, proceeding with AOF tail...");
      in.goTo(check.bytesRead());
      return true;
    }
  }

  private Outcome commands() throws IOException {
    long good = in.offset();
    boolean open = false;
    while (problem.isEmpty()) {
      int next = in.peek();
      if (next < 0) {
        if (open) {
          fail("Reached EOF before reading EXEC for MULTI");
        }
        break;
      }
      if (next == '#') {
        Outcome outcome = annotation();
        if (outcome != Outcome.VALID) {
          return outcome;
        }
      } else if (next == '*') {
        String word = command();
        if (word == null) {
          break;
        }
        open = transaction(word, open);
      } else {
        out.println("AOF " + name + " format error");
        break;
      }
      if (!open && problem.isEmpty()) {
        good = in.offset();
      }
    }
    if (!problem.isEmpty()) {
      out.println(problem);
    }
    return judge(good);
  }

  /** Tells whether a transaction is open behind a command. */
  private boolean transaction(String command, boolean open) {
    if (command.equalsIgnoreCase("multi")) {
      if (open) {
        fail("Unexpected MULTI in AOF " + path);
      }
      return true;
    }
    if (command.equalsIgnoreCase("exec")) {
      if (!open) {
        fail("Unexpected EXEC in AOF " + path);
      }
      return false;
    }
    return open;
  }

  private Outcome judge(long good) throws IOException {
    Wish wish = around.wish();
    long bad = in.size() - good;
    if (bad == 0 && wish.untilSeconds() > 0) {
      out.println("Truncate nothing in AOF " + name + " to timestamp " + wish.untilSeconds());
      return Outcome.VALID;
    }
    out.printf(
        "AOF analyzed: filename=%s, size=%d, ok_up_to=%d, ok_up_to_line=%d, diff=%d%n",
        name, in.size(), good, lines, bad);
    if (bad == 0) {
      return Outcome.VALID;
    }
    if (!wish.fix()) {
      out.println("AOF " + name + " is not valid. Use the --fix option to try fixing it.");
      return Outcome.REFUSED;
    }
    if (!last) {
      out.println("Failed to truncate AOF " + name + " because it is not the last file");
      return Outcome.REFUSED;
    }
    out.printf(
        "This will shrink the AOF %s from %d bytes, with %d bytes, to %d bytes%n",
        name, in.size(), bad, good);
    out.print("Continue? [y/N]: ");
    out.flush();
    int answer = around.answers().read();
    if (answer != 'y' && answer != 'Y') {
      out.println("Aborting...");
      return Outcome.REFUSED;
    }
    cut(good);
    return Outcome.CUT;
  }

  private void cut(long end) throws IOException {
    channel.truncate(end);
    channel.force(true);
  }

  // Annotations

  private Outcome annotation() throws IOException {
    long until = around.wish().untilSeconds();
    elementAt = in.offset();
    byte[] bytes = in.line(CommandScanner.MAX_ANNOTATION_BYTES - 1);
    String line = new String(bytes, StandardCharsets.ISO_8859_1);
    if (until == 0 || !line.startsWith("#TS:")) {
      return Outcome.VALID;
    }
    long seconds;
    try {
      seconds = Long.parseLong(line.substring(4).stripTrailing());
    } catch (NumberFormatException _) {
      out.println("Invalid timestamp annotation");
      return Outcome.REFUSED;
    }
    if (seconds <= until) {
      return Outcome.VALID;
    }
    if (elementAt == 0) {
      out.printf("AOF %s has nothing before timestamp %d, aborting...%n", path, until);
      return Outcome.REFUSED;
    }
    if (!last) {
      out.printf(
          "Failed to truncate AOF %s to timestamp %d to offset %d because it is not the last"
              + " file.%n",
          path, until, elementAt);
      out.println(
          "If you insist, please delete all files after this file according to the manifest file"
              + " and delete the corresponding records in manifest file manually. Then re-run"
              + " cluster-check-aof.");
      return Outcome.REFUSED;
    }
    cut(elementAt);
    return Outcome.CUT_AT_TIME;
  }

  // Commands

  /** Reads a command; returns its name, or null if it is none or is not there as a whole. */
  private @Nullable String command() throws IOException {
    long count = number('*');
    if (endInHeader || !problem.isEmpty()) {
      return null;
    }
    if (count <= 0) {
      fail("Expected a command of at least one argument, got: " + count);
      return null;
    }
    String name = "";
    for (long i = 0; i < count; i++) {
      byte[] start = argument();
      if (start == null) {
        return null;
      }
      if (i == 0) {
        name = new String(start, StandardCharsets.ISO_8859_1);
      }
    }
    return name;
  }

  /** Reads an argument; returns it or how it begins, or null if it is not there as a whole. */
  private byte @Nullable [] argument() throws IOException {
    long length = number('$');
    if (endInHeader || !problem.isEmpty()) {
      return null;
    }
    if (length < 0 || length > Long.MAX_VALUE - 2) {
      fail("Expected to read string of " + length + " bytes, which is not in the suitable range");
      return null;
    }
    elementAt = in.offset();
    long left = in.size() - elementAt;
    if (left < length + 2) {
      fail("Expected to read " + (length + 2) + " bytes, got " + left + " bytes");
      return null;
    }
    byte[] start = in.bytes((int) Math.min(length, LONGEST_NAME));
    in.goTo(elementAt + length);
    return lineEnd(in.bytes(2), 0) ? start : null;
  }

  /** Reads a header line, of a type and a number. */
  private long number(char type) throws IOException {
    elementAt = in.offset();
    byte[] line = in.line(LINE_BYTES);
    endInHeader = line.length == 0;
    if (endInHeader) {
      return 0;
    }
    if (line[0] != type) {
      fail("Expected prefix '" + type + "', got: '" + (char) (line[0] & 0xff) + "'");
      return 0;
    }
    int end = 1;
    if (end < line.length && (line[end] == '-' || line[end] == '+')) {
      end++;
    }
    while (end < line.length && line[end] >= '0' && line[end] <= '9') {
      end++;
    }
    if (!lineEnd(line, end)) {
      return 0;
    }
    try {
      return Long.parseLong(new String(line, 1, end - 1, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException _) {
      fail("Expected a number");
      return 0;
    }
  }

  private boolean lineEnd(byte[] bytes, int at) {
    byte[] end = Arrays.copyOfRange(bytes, at, at + 2);
    if (end[0] == '\r' && end[1] == '\n') {
      lines++;
      return true;
    }
    fail("Expected \\r\\n, got: %02x%02x".formatted(end[0] & 0xff, end[1] & 0xff));
    return false;
  }

  private void fail(String text) {
    problem = "0x%16s: %s".formatted(Long.toHexString(elementAt), text);
  }
}
