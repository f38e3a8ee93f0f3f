package io.hashslot.persist.backup;

import io.hashslot.persist.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which backups there are in a folder: the content of its file {@value #FILE_NAME}.
 *
 * <pre>
 * hashslot-backups 1
 * file …                 one line for each, oldest first
 * sha256 HEX             of all lines before
 * </pre>
 *
 * @param backups oldest first
 */
public record BackupManifest(List<Backup> backups) {
  /** The name of the file in the folder of the backups. */
  public static final String FILE_NAME = "backups.manifest";

  private static final String HEADER = "hashslot-backups 1\n";
  private static final String CHECKSUM = "sha256 ";
  private static final BackupManifest EMPTY = new BackupManifest(List.of());

  /** Keeps the order: times do not decide, since clocks are set back now and then. */
  public BackupManifest {
    backups = List.copyOf(backups);
  }

  /**
   * Reads the manifest of a folder; the empty one if there is none.
   *
   * @throws DamagedManifestException if it is not what was written
   */
  public static BackupManifest read(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    return Files.exists(file) ? parse(Files.readString(file, StandardCharsets.UTF_8)) : EMPTY;
  }

  /** Puts this in the place of the manifest of a folder: a crash leaves the old one or this one. */
  void write(Path folder) throws IOException {
    SnapshotFile.replace(
        folder.resolve(FILE_NAME),
        "temp-" + FILE_NAME,
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(text().getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Returns the content of the file. */
  String text() {
    StringBuilder text = new StringBuilder(HEADER);
    backups.forEach(backup -> text.append(backup.line()));
    return text + CHECKSUM + sum(text.toString()) + '\n';
  }

  /**
   * Reads the content of a manifest.
   *
   * @throws DamagedManifestException if it is not what {@link #text} gives
   */
  static BackupManifest parse(String text) throws DamagedManifestException {
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    String lines = text.substring(0, last);
    if (!text.equals(lines + CHECKSUM + sum(lines) + '\n')) {
      throw new DamagedManifestException("its checksum is wrong");
    }
    if (!lines.startsWith(HEADER)) {
      throw new DamagedManifestException("it does not begin with '" + HEADER.strip() + "'");
    }
    List<Backup> backups = new ArrayList<>();
    try {
      lines.substring(HEADER.length()).lines().forEach(line -> backups.add(Backup.parse(line)));
    } catch (IllegalArgumentException problem) {
      throw new DamagedManifestException(String.valueOf(problem.getMessage()));
    }
    return new BackupManifest(backups);
  }

  private static String sum(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the backup with this name, or null. */
  @Nullable Backup find(String fileName) {
    return backups.stream()
        .filter(backup -> backup.fileName().equals(fileName))
        .findFirst()
        .orElse(null);
  }

  /** Returns this with a further backup, the newest. */
  BackupManifest with(Backup newest) {
    List<Backup> all = new ArrayList<>(backups);
    all.add(newest);
    return new BackupManifest(all);
  }

  /** Returns this with a backup that was not named so far, where its time puts it. */
  BackupManifest withFound(Backup found) {
    int at = 0;
    while (at < backups.size() && backups.get(at).timeMs() <= found.timeMs()) {
      at++;
    }
    List<Backup> all = new ArrayList<>(backups);
    all.add(at, found);
    return new BackupManifest(all);
  }

  /** Returns the newest of these backups, at most so many. */
  BackupManifest newest(int count) {
    return new BackupManifest(backups.subList(Math.max(0, backups.size() - count), backups.size()));
  }
}
