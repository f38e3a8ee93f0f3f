package io.hashslot.persist.aof;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether append-only files are sound, and cuts the last one where it is not, or at a moment:
 * {@code --check-aof}. Takes a manifest, with all files that it lists, or a single file, which may
 * begin with a snapshot; the content tells which it is. Prints what {@code redis-check-aof} 7.0.15
 * prints.
 *
 * <p>No server may write to the files meanwhile.
 */
public final class AofCheck {
  private static final String USAGE =
      "Usage: cluster-check-aof [--fix|--truncate-to-timestamp $timestamp]"
          + " <file.manifest|file.aof>";

  private static final byte[] SNAPSHOT = "REDIS".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENTRY = "file".getBytes(StandardCharsets.US_ASCII);

  private final FileCheck.Surroundings around;
  private final PrintStream out;
  private long lines = 1;

  private AofCheck(FileCheck.Wish wish, InputStream answers, PrintStream out) {
    this.out = out;
    around = new FileCheck.Surroundings(wish, answers, out, Clock.system());
  }

  /**
   * Runs the tool.
   *
   * @param args without the name of the tool
   * @param answers where {@code --fix} reads whether to go on
   * @return the exit status: 0 if all is sound now
   */
  public static int run(List<String> args, InputStream answers, PrintStream out) {
    FileCheck.Wish wish;
    if (args.size() == 1) {
      wish = new FileCheck.Wish(false, 0);
    } else if (args.size() == 2 && args.getFirst().equals("--fix")) {
      wish = new FileCheck.Wish(true, 0);
    } else if (args.size() == 3 && args.getFirst().equals("--truncate-to-timestamp")) {
      try {
        wish = new FileCheck.Wish(false, Long.parseLong(args.get(1)));
      } catch (NumberFormatException _) {
        out.println("Invalid timestamp, aborting...");
        return 1;
      }
    } else {
      out.println(USAGE);
      return 1;
    }
    try {
      return new AofCheck(wish, answers, out).run(args.getLast()) ? 0 : 1;
    } catch (AofException problem) {
      out.println(problem.getMessage());
    } catch (NoSuchFileException missing) {
      out.println("Cannot open file " + missing.getFile() + ": No such file or directory");
    } catch (IOException problem) {
      out.println("Cannot open or read file: " + problem);
    }
    return 1;
  }

  private boolean run(String name) throws IOException {
    Path path = Path.of(name);
    if (isManifest(path)) {
      out.println("Start checking Multi Part AOF");
      return all(path);
    }
    out.println("Start checking Old-Style AOF");
    return told(check(name, path, true, isSnapshot(path)), "", name);
  }

  private boolean all(Path manifestFile) throws IOException {
    List<Manifest.Entry> files = Manifest.parse(Files.readAllBytes(manifestFile)).toLoad();
    boolean increments = false;
    for (Manifest.Entry entry : files) {
      Path path = manifestFile.resolveSibling(entry.fileName());
      boolean base = entry.type() == Manifest.Type.BASE;
      boolean snapshot = base && isSnapshot(path);
      if (base) {
        out.println("Start to check BASE AOF (" + (snapshot ? "RDB" : "RESP") + " format).");
      } else if (!increments) {
        increments = true;
        out.println("Start to check INCR files.");
      }
      FileCheck.Outcome outcome = check(entry.fileName(), path, entry == files.getLast(), snapshot);
      if (!told(outcome, base ? "BASE " : "INCR ", entry.fileName())) {
        return false;
      }
    }
    out.println("All AOF files and manifest are valid");
    return true;
  }

  private FileCheck.Outcome check(String name, Path path, boolean last, boolean snapshot)
      throws IOException {
    FileCheck.Checked checked = FileCheck.run(around, name, path, last, snapshot, lines);
    lines = checked.lines();
    return checked.outcome();
  }

  private boolean told(FileCheck.Outcome outcome, String kind, String name) {
    switch (outcome) {
      case VALID -> out.println(kind + "AOF " + name + " is valid");
      case EMPTY -> out.println(kind + "AOF " + name + " is empty");
      case CUT -> out.println("Successfully truncated AOF " + name);
      case CUT_AT_TIME ->
          out.println(
              "Successfully truncated AOF "
                  + name
                  + " to timestamp "
                  + around.wish().untilSeconds());
      case REFUSED -> {
        return false;
      }
    }
    return true;
  }

  /** A manifest's first line that is no comment names a file. */
  private static boolean isManifest(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      int first;
      while ((first = in.read()) == '#') {
        int c;
        do {
          c = in.read();
        } while (c >= 0 && c != '\n');
      }
      byte[] rest = in.readNBytes(ENTRY.length - 1);
      return first == ENTRY[0] && Arrays.equals(rest, 0, rest.length, ENTRY, 1, ENTRY.length);
    }
  }

  private static boolean isSnapshot(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(SNAPSHOT.length), SNAPSHOT);
    }
  }
}
