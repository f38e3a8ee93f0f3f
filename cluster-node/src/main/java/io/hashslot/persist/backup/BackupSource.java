package io.hashslot.persist.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot that a server is to be started from.
 *
 * @param file the snapshot
 * @param sha256 what its content must have, null if no manifest tells
 */
record BackupSource(Path file, @Nullable String sha256) {
  private static final Logger LOG = LoggerFactory.getLogger(BackupSource.class);

  /**
   * Finds it.
   *
   * @param from a snapshot, or a folder of backups, of which the newest sound one is taken
   * @throws RestoreException if there is none, or the one that was named is not sound
   */
  static BackupSource find(Path from) throws IOException {
    if (Files.isDirectory(from)) {
      return newestSound(from);
    }
    if (!Files.isRegularFile(from)) {
      throw new RestoreException("there is no file or folder " + from);
    }
    Path folder = from.toAbsolutePath().getParent();
    Path name = from.getFileName();
    if (folder == null || name == null || !hasManifest(folder)) {
      return foreign(from);
    }
    Backup backup = manifest(folder).find(name.toString());
    if (backup == null) {
      return foreign(from);
    }
    String flaw = flaw(folder, backup);
    if (flaw != null) {
      throw new RestoreException(from + " is not what was saved: " + flaw);
    }
    return chosen(folder, backup);
  }

  private static BackupSource newestSound(Path folder) throws IOException {
    if (!hasManifest(folder)) {
      throw new RestoreException(
          folder + " has no " + BackupManifest.FILE_NAME + ": name the snapshot itself");
    }
    List<String> flaws = new ArrayList<>();
    for (Backup backup : manifest(folder).backups().reversed()) {
      String flaw = flaw(folder, backup);
      if (flaw == null) {
        return chosen(folder, backup);
      }
      LOG.error("The backup {} is passed over: {}", backup.fileName(), flaw);
      flaws.add(backup.fileName() + ": " + flaw);
    }
    throw new RestoreException(
        flaws.isEmpty()
            ? "the manifest of " + folder + " names no backup"
            : "no backup in " + folder + " is sound: " + String.join("; ", flaws));
  }

  private static boolean hasManifest(Path folder) {
    return Files.exists(folder.resolve(BackupManifest.FILE_NAME));
  }

  private static BackupManifest manifest(Path folder) throws IOException {
    try {
      return BackupManifest.read(folder);
    } catch (DamagedManifestException problem) {
      throw new RestoreException(
          folder.resolve(BackupManifest.FILE_NAME)
              + ": "
              + problem.getMessage()
              + ". To start from a snapshot without it, copy that to another folder");
    }
  }

  private static BackupSource foreign(Path file) {
    LOG.warn(
        "No manifest names {}: whether it is what was saved is left to the checksum within it",
        file);
    return new BackupSource(file, null);
  }

  private static BackupSource chosen(Path folder, Backup backup) {
    LOG.info(
        "Restoring {}: taken {}, {} keys, replication offset {}",
        backup.fileName(),
        Instant.ofEpochMilli(backup.timeMs()),
        backup.keys() < 0 ? "?" : backup.keys(),
        backup.replicationOffset());
    return new BackupSource(folder.resolve(backup.fileName()), backup.sha256());
  }

  /** What is wrong with a backup, null if it is sound. */
  private static @Nullable String flaw(Path folder, Backup backup) throws IOException {
    Path file = folder.resolve(backup.fileName());
    if (!Files.isRegularFile(file)) {
      return "the file is missing";
    }
    long bytes = Files.size(file);
    if (bytes != backup.bytes()) {
      return "it has " + bytes + " bytes, not " + backup.bytes();
    }
    return Sha256.of(file).equals(backup.sha256()) ? null : "its SHA-256 is another one";
  }
}
