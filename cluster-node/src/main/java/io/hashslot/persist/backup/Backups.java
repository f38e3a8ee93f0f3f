package io.hashslot.persist.backup;

import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotFile;
import io.hashslot.persist.snapshot.SnapshotKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest snapshots of a server in a folder: after each save the file gets a second name
 * there (a hard link, which costs no space until the file is replaced; a copy where there are no
 * links), then the manifest names it, then the oldest are deleted.
 *
 * <h2>A crash between these steps</h2>
 *
 * leaves a file that the manifest does not name: a new one, or one that was to be deleted. The next
 * time it is taken into the manifest, by what its name and its content say, and from then on it is
 * one like the others. So nothing is deleted that is not named, and nothing is left behind for
 * ever. A manifest that is damaged is put aside and made anew in the same way.
 *
 * <p>All methods but the figures belong to the thread that saves.
 */
public final class Backups implements SnapshotKeeper {
  /** What is to be kept, asked at each save. */
  public interface Settings {
    /** {@code snapshot-retain}: how many; 0 keeps none. */
    int retain();

    /** {@code snapshot-dir}, as an absolute path. */
    Path folder();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
  private static final Pattern NAME =
      Pattern.compile("snapshot-(\\d{8}T\\d{6}\\.\\d{3}Z)-(\\d+)(?:-\\d+)?\\.rdb");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** A snapshot that has its second name but is not in the manifest yet. */
  private record Placed(Path folder, String name, Saver.Saved saved) {
    Backup measured() throws IOException {
      Path file = folder.resolve(name);
      Saver.Position at = saved.position();
      return new Backup(
          name,
          Files.size(file),
          Sha256.of(file),
          saved.timeMs(),
          saved.keys(),
          at == null ? null : at.historyId(),
          at == null ? 0 : at.offset());
    }
  }

  private final Settings settings;
  private volatile @Nullable Placed placed;
  private volatile int count;
  private volatile boolean lastSucceeded = true;

  /** Looks at nothing before the first save. */
  public Backups(Settings settings) {
    this.settings = settings;
  }

  /** How many there were after the last save. */
  public int count() {
    return count;
  }

  /** Whether the last save was kept, or there was none to keep. */
  public boolean lastSucceeded() {
    return lastSucceeded;
  }

  /** Gives it a second name, if any are to be kept. What takes longer is left for the end. */
  @Override
  public void placed(Saver.Saved saved) {
    placed = null;
    if (settings.retain() == 0) {
      return;
    }
    try {
      Path folder = settings.folder();
      createDurably(folder);
      String name = freeName(folder, saved);
      SecondName.give(saved.file(), folder.resolve(name));
      placed = new Placed(folder, name, saved);
    } catch (IOException | RuntimeException problem) {
      failed(problem);
    }
  }

  /** Takes the snapshot that was placed last into the manifest, and deletes the oldest. */
  @Override
  public synchronized void finish() {
    Placed newest = placed;
    placed = null;
    if (newest == null) {
      return;
    }
    try {
      count = rotate(newest, Math.max(1, settings.retain()));
      lastSucceeded = true;
    } catch (IOException | RuntimeException problem) {
      failed(problem);
    }
  }

  private void failed(Exception problem) {
    LOG.error("The snapshot was saved, but could not be kept as a backup", problem);
    lastSucceeded = false;
  }

  private static int rotate(Placed newest, int retain) throws IOException {
    Path folder = newest.folder();
    BackupManifest all = manifest(folder, newest.name()).with(newest.measured());
    BackupManifest kept = all.newest(retain);
    kept.write(folder);
    LOG.info("Kept the snapshot as {}; {} are kept", newest.name(), kept.backups().size());
    for (Backup old : all.backups()) {
      if (kept.find(old.fileName()) == null) {
        Files.deleteIfExists(folder.resolve(old.fileName()));
        LOG.info("Deleted the backup {}", old.fileName());
      }
    }
    return kept.backups().size();
  }

  /**
   * The manifest, with files in it that a crash has left unnamed and without those that are gone.
   */
  private static BackupManifest manifest(Path folder, String newest) throws IOException {
    BackupManifest manifest;
    try {
      manifest = BackupManifest.read(folder);
    } catch (DamagedManifestException problem) {
      Path aside = folder.resolve(BackupManifest.FILE_NAME + ".damaged");
      LOG.error("{}; it is put aside as {} and made anew", problem.getMessage(), aside);
      Files.move(
          folder.resolve(BackupManifest.FILE_NAME), aside, StandardCopyOption.REPLACE_EXISTING);
      manifest = new BackupManifest(List.of());
    }
    List<Backup> there = new ArrayList<>();
    for (Backup backup : manifest.backups()) {
      if (Files.exists(folder.resolve(backup.fileName()))) {
        there.add(backup);
      } else {
        LOG.warn("The backup {} is gone", backup.fileName());
      }
    }
    BackupManifest known = new BackupManifest(there);
    for (Path file : filesOf(folder)) {
      String name = file.getFileName().toString();
      if (SecondName.unfinished(name)) {
        Files.delete(file);
        continue;
      }
      Matcher parts = NAME.matcher(name);
      boolean ours = parts.matches() && Files.isRegularFile(file);
      if (ours && !name.equals(newest) && known.find(name) == null) {
        Backup found = byItsName(file, name, parts);
        if (found != null) {
          LOG.warn("The file {} was not in the manifest of the backups; it is from now on", name);
          known = known.withFound(found);
        }
      }
    }
    return known;
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private static @Nullable Backup byItsName(Path file, String name, Matcher parts)
      throws IOException {
    try {
      long timeMs = Instant.from(TIME.parse(parts.group(1))).toEpochMilli();
      long offset = Long.parseLong(parts.group(2));
      return new Backup(name, Files.size(file), Sha256.of(file), timeMs, -1, null, offset);
    } catch (DateTimeParseException | NumberFormatException notOurs) {
      return null;
    }
  }

  private static String freeName(Path folder, Saver.Saved saved) {
    Saver.Position at = saved.position();
    String stem =
        "snapshot-"
            + TIME.format(Instant.ofEpochMilli(saved.timeMs()))
            + '-'
            + (at == null ? 0 : at.offset());
    String name = stem + ".rdb";
    for (int number = 2; Files.exists(folder.resolve(name)); number++) {
      name = stem + '-' + number + ".rdb";
    }
    return name;
  }

  private static void createDurably(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        SnapshotFile.sync(parent);
      }
    }
  }
}
