package io.hashslot.persist.aof;

import io.hashslot.resp.InlineWords;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which append-only files there are, and what each is for: the content of the manifest file. At
 * most one base; increments with strictly rising sequence numbers; history is what a rewrite has
 * made superfluous and nobody has deleted yet.
 *
 * <p>The text has a line for each file, {@code file NAME seq N type b|h|i}. Keys may come in any
 * order and case, and with others among them; lines that begin with {@code #} are comments.
 *
 * @param entries base, then history (newest first), then increments in the order they are loaded
 */
public record Manifest(List<Entry> entries) {
  /** What a file is for; the letter stands in the manifest. */
  public enum Type {
    BASE('b'),
    HISTORY('h'),
    INCR('i');

    private final char letter;

    Type(char letter) {
      this.letter = letter;
    }

    static @Nullable Type of(char letter) {
      for (Type type : values()) {
        if (type.letter == letter) {
          return type;
        }
      }
      return null;
    }
  }

  /**
   * One file.
   *
   * @param fileName in the folder of the append-only files; no path
   * @param seq sequence number, not 0; bases and increments are counted apart
   */
  public record Entry(String fileName, long seq, Type type) {
    /** The same file as history. */
    Entry asHistory() {
      return new Entry(fileName, seq, Type.HISTORY);
    }

    private String line() {
      return "file " + quotedIfNeeded(fileName) + " seq " + seq + " type " + type.letter + '\n';
    }
  }

  /** No files: append-only files have never been written, or the manifest says nothing. */
  public static final Manifest EMPTY = new Manifest(List.of());

  /** Longest line, its end included, in bytes. */
  private static final int MAX_LINE_BYTES = 1024;

  private static final String BAD_FORMAT = "Invalid AOF manifest file format";

  /** Puts the entries into the order of the file. */
  public Manifest {
    List<Entry> ordered = new ArrayList<>(entries.size());
    for (Type type : Type.values()) {
      entries.stream().filter(entry -> entry.type() == type).forEach(ordered::add);
    }
    entries = List.copyOf(ordered);
  }

  // Reading and writing

  /**
   * Reads the content of a manifest file.
   *
   * @throws AofException if it is malformed; says which line
   */
  public static Manifest parse(byte[] content) throws AofException {
    if (content.length == 0) {
      throw new AofException("AOF manifest file error: Found an empty AOF manifest");
    }
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    for (int at = 0; at < content.length; ) {
      int end = lineEnd(content, at);
      number++;
      if (content[at] != '#') {
        String line = new String(content, at, end - at, StandardCharsets.UTF_8).strip();
        try {
          if (content[end - 1] != '\n') {
            throw new AofException("The AOF manifest file contains too long line");
          }
          Entry entry = entry(InlineWords.split(content, at, end - at));
          check(entry, entries);
          entries.add(entry);
        } catch (AofException problem) {
          throw new AofException(
              "AOF manifest file error: %s (line %d: '%s')"
                  .formatted(problem.getMessage(), number, line));
        }
      }
      at = end;
    }
    return new Manifest(entries);
  }

  /** Reads the content of a manifest file; see {@link #parse(byte[])}. */
  public static Manifest parse(String text) throws AofException {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the content of the file. */
  public String text() {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.line()));
    return text.toString();
  }

  private static int lineEnd(byte[] content, int from) {
    int limit = Math.min(content.length, from + MAX_LINE_BYTES);
    int at = from;
    while (at < limit && content[at] != '\n') {
      at++;
    }
    return Math.min(limit, at + 1);
  }

  private static Entry entry(@Nullable List<byte[]> words) throws AofException {
    if (words == null || words.size() < 6 || words.size() % 2 != 0) {
      throw new AofException(BAD_FORMAT);
    }
    String name = null;
    long seq = 0;
    String type = "";
    for (int i = 0; i < words.size(); i += 2) {
      String value = new String(words.get(i + 1), StandardCharsets.UTF_8);
      switch (new String(words.get(i), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)) {
        case "file" -> {
          if (value.indexOf('/') >= 0 || value.indexOf('\\') >= 0) {
            throw new AofException("File can't be a path, just a filename");
          }
          name = value;
        }
        case "seq" -> seq = leadingNumber(value);
        case "type" -> type = value;
        default -> {} // later versions may say more
      }
    }
    if (name == null || seq == 0 || type.isEmpty()) {
      throw new AofException(BAD_FORMAT);
    }
    Type known = Type.of(type.charAt(0));
    if (known == null) {
      throw new AofException("Unknown AOF file type");
    }
    return new Entry(name, seq, known);
  }

  private static void check(Entry entry, List<Entry> before) throws AofException {
    long lastIncrement = 0;
    for (Entry other : before) {
      if (other.type() == Type.BASE && entry.type() == Type.BASE) {
        throw new AofException("Found duplicate base file information");
      }
      if (other.type() == Type.INCR) {
        lastIncrement = other.seq();
      }
    }
    if (entry.type() == Type.INCR && entry.seq() <= lastIncrement) {
      throw new AofException("Found a non-monotonic sequence number");
    }
  }

  /** Reads as many digits as there are, as C's {@code atoll} does; 0 if there are none. */
  private static long leadingNumber(String text) {
    int end = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    try {
      return Long.parseLong(text.substring(0, end));
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static String quotedIfNeeded(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream quoted = new ByteArrayOutputStream();
    boolean needed = bytes.length == 0;
    for (byte b : bytes) {
      if (b < ' ' || b == 127) {
        quoted.writeBytes("\\x%02x".formatted(b & 0xff).getBytes(StandardCharsets.US_ASCII));
        needed = true;
      } else {
        if (b == '"' || b == '\\') {
          quoted.write('\\');
        }
        quoted.write(b);
        needed |= b == ' ' || b == '"' || b == '\\' || b == '\'';
      }
    }
    return needed ? '"' + quoted.toString(StandardCharsets.US_ASCII) + '"' : name;
  }

  // What is listed

  /** Returns the base, or null if there is none. */
  public @Nullable Entry base() {
    return !entries.isEmpty() && entries.getFirst().type() == Type.BASE ? entries.getFirst() : null;
  }

  /** Returns the files that a rewrite has made superfluous, newest first. */
  public List<Entry> history() {
    return of(Type.HISTORY);
  }

  /** Returns the increments in the order they are loaded; the last one is written to. */
  public List<Entry> increments() {
    return of(Type.INCR);
  }

  /** Returns the files to load in their order: the base, if there is one, and the increments. */
  public List<Entry> toLoad() {
    return entries.stream().filter(entry -> entry.type() != Type.HISTORY).toList();
  }

  private List<Entry> of(Type type) {
    return entries.stream().filter(entry -> entry.type() == type).toList();
  }

  /** Returns the sequence number of the next base. */
  public long nextBaseSeq() {
    Entry base = base();
    return base == null ? 1 : base.seq() + 1;
  }

  /** Returns the sequence number of the next increment. */
  public long nextIncrSeq() {
    List<Entry> increments = increments();
    return increments.isEmpty() ? 1 : increments.getLast().seq() + 1;
  }

  // Changes

  /** Returns this with a further increment, which is the last one. */
  public Manifest withIncrement(Entry increment) {
    if (increment.type() != Type.INCR || increment.seq() < nextIncrSeq()) {
      throw new IllegalArgumentException(increment + " after " + increments());
    }
    List<Entry> more = new ArrayList<>(entries);
    more.add(increment);
    return new Manifest(more);
  }

  /**
   * Returns what is left when a rewrite is over: the new base and the increments written since its
   * moment; the old base and the increments before that are history.
   *
   * @param base the new base; may be of the old one's name only if there was none
   * @param kept how many increments, counted from the last one, are not in the new base
   */
  public Manifest rewritten(Entry base, int kept) {
    if (base.type() != Type.BASE) {
      throw new IllegalArgumentException("no base: " + base);
    }
    List<Entry> increments = increments();
    int superfluous = increments.size() - kept;
    List<Entry> after = new ArrayList<>();
    after.add(base);
    for (int i = superfluous - 1; i >= 0; i--) {
      after.add(increments.get(i).asHistory());
    }
    Entry old = base();
    if (old != null) {
      after.add(old.asHistory());
    }
    after.addAll(history());
    after.addAll(increments.subList(superfluous, increments.size()));
    return new Manifest(after);
  }

  /** Returns this without history. */
  public Manifest withoutHistory() {
    return new Manifest(toLoad());
  }

  /** Returns the last increment, the one that is written to; null if there is none. */
  public @Nullable Entry lastIncrement() {
    List<Entry> increments = increments();
    return increments.isEmpty() ? null : increments.getLast();
  }
}
