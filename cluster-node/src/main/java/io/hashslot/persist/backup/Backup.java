package io.hashslot.persist.backup;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot that is kept, as its line in the manifest tells:
 *
 * <pre>file NAME bytes N sha256 HEX time MS keys N replid HEX|- offset N</pre>
 *
 * @param fileName in the folder of the backups; no path
 * @param bytes its length
 * @param sha256 of its content, 64 lowercase hexadecimal characters
 * @param timeMs when it was taken, milliseconds since 1970
 * @param keys how many keys it holds, -1 if that is not known
 * @param replicationId the history its data belongs to, null if it has none
 * @param replicationOffset where in that history
 */
public record Backup(
    String fileName,
    long bytes,
    String sha256,
    long timeMs,
    long keys,
    @Nullable String replicationId,
    long replicationOffset) {
  private static final List<String> NAMES =
      List.of("file", "bytes", "sha256", "time", "keys", "replid", "offset");
  private static final String NO_ID = "-";

  /** Returns the line, its end included. */
  String line() {
    return String.join(
            " ",
            "file",
            fileName,
            "bytes",
            Long.toString(bytes),
            "sha256",
            sha256,
            "time",
            Long.toString(timeMs),
            "keys",
            Long.toString(keys),
            "replid",
            replicationId == null ? NO_ID : replicationId,
            "offset",
            Long.toString(replicationOffset))
        + '\n';
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static Backup parse(String line) {
    List<String> words = Arrays.asList(line.split(" ", -1));
    if (words.size() != 2 * NAMES.size()) {
      throw new IllegalArgumentException("not a line of a manifest: " + line);
    }
    for (int i = 0; i < NAMES.size(); i++) {
      if (!words.get(2 * i).equals(NAMES.get(i))) {
        throw new IllegalArgumentException("no " + NAMES.get(i) + " in: " + line);
      }
    }
    String name = words.get(1);
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
      throw new IllegalArgumentException("not the name of a file: " + name);
    }
    String id = words.get(11);
    return new Backup(
        name,
        Long.parseLong(words.get(3)),
        words.get(5),
        Long.parseLong(words.get(7)),
        Long.parseLong(words.get(9)),
        id.equals(NO_ID) ? null : id,
        Long.parseLong(words.get(13)));
  }
}
