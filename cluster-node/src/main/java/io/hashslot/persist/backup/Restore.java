package io.hashslot.persist.backup;

import io.hashslot.persist.aof.AofDirectory;
import io.hashslot.persist.aof.AofException;
import io.hashslot.persist.aof.Manifest;
import io.hashslot.persist.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a backup into the place of a server's data, before it starts.
 *
 * <p>The data folder must have no data, unless the caller says that what is there may go; even then
 * it is not deleted but kept in a folder beside. A crash at any point leaves the old data or the
 * new in force:
 *
 * <ol>
 *   <li>the backup is copied to a temporary file and forced to disk, and the copy is compared with
 *       the manifest;
 *   <li>all old files get second names in the folder that keeps them;
 *   <li>with {@code appendonly yes} the copy becomes the base of append-only files, by one
 *       replacement of their manifest; without, the old append-only files are taken away, so that
 *       nobody who switches them on later gets what was before;
 *   <li>the copy takes the place of the snapshot.
 * </ol>
 *
 * <p>With {@code appendonly yes} the third step decides, without it the fourth; the old append-only
 * files, which then are not in force anyway, go after that.
 */
public final class Restore {
  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
  private static final String TEMPORARY = "temp-restore.rdb";

  /**
   * Where the data of the server is.
   *
   * @param folder {@code dir}
   * @param snapshotName {@code dbfilename}
   * @param appendOnly the append-only files
   * @param appendOnlyOn {@code appendonly}
   */
  public record Target(
      Path folder, String snapshotName, AofDirectory appendOnly, boolean appendOnlyOn) {
    Path snapshot() {
      return folder.resolve(snapshotName);
    }
  }

  private final Target target;

  private Restore(Target target) {
    this.target = target;
  }

  /**
   * Does it.
   *
   * @param from a snapshot, or a folder of backups, of which the newest sound one is taken
   * @param replace whether data that is there may be put aside
   * @throws RestoreException if there is nothing sound to restore, there is data already, or a
   *     server lives in the folder
   */
  public static void run(Path from, Target target, boolean replace) throws IOException {
    try (FolderLock alone = FolderLock.alone(target.folder())) {
      if (alone == null) {
        throw new RestoreException(
            "a server uses the folder "
                + target.folder()
                + ": stop it before its data is replaced");
      }
      new Restore(target).run(from, replace);
    }
  }

  private void run(Path from, boolean replace) throws IOException {
    List<Path> present = present();
    if (!present.isEmpty() && !replace) {
      throw new RestoreException(
          "there is data already: "
              + String.join(", ", present.stream().map(Path::toString).toList())
              + ". With --restore-replace it is put aside");
    }
    Path temporary = target.folder().resolve(TEMPORARY);
    copy(BackupSource.find(from), temporary);
    try {
      if (!present.isEmpty()) {
        keepAside(present);
      }
      if (target.appendOnlyOn()) {
        becomeBase(temporary);
      }
      SnapshotFile.putInPlace(temporary, target.snapshot());
      if (!target.appendOnlyOn()) {
        removeAppendOnlyFiles();
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
    LOG.info("The backup is in its place");
  }

  /** Files with data that a server would load, now or with other settings. */
  private List<Path> present() throws IOException {
    List<Path> present = new ArrayList<>();
    if (Files.exists(target.snapshot())) {
      present.add(target.snapshot());
    }
    AofDirectory appendOnly = target.appendOnly();
    if (Files.exists(appendOnly.oldFile())) {
      present.add(appendOnly.oldFile());
    }
    if (Files.exists(appendOnly.manifestFile())) {
      try (Stream<Path> files = Files.list(appendOnly.path())) {
        files.filter(Files::isRegularFile).sorted().forEach(present::add);
      }
    }
    return present;
  }

  private void copy(BackupSource source, Path temporary) throws IOException {
    String copied;
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      copied = Sha256.copy(source.file(), channel);
      channel.force(true);
    }
    String wanted = source.sha256();
    if (wanted != null && !copied.equals(wanted)) {
      Files.delete(temporary);
      throw new RestoreException(source.file() + " changed while it was copied");
    }
  }

  /** Gives files second names, or copies where there are none, in a new folder. */
  private void keepAside(List<Path> files) throws IOException {
    Path aside = target.folder().resolve("replaced-1");
    for (int number = 2; Files.exists(aside); number++) {
      aside = target.folder().resolve("replaced-" + number);
    }
    for (Path file : files) {
      Path second = aside.resolve(target.folder().relativize(file));
      Path folder = second.getParent();
      Files.createDirectories(folder);
      SecondName.give(file, second);
    }
    SnapshotFile.sync(aside);
    SnapshotFile.sync(target.folder());
    LOG.warn("The data that was there is kept in {}", aside);
  }

  private void becomeBase(Path snapshot) throws IOException {
    AofDirectory appendOnly = target.appendOnly();
    appendOnly.create();
    Manifest before = readable(appendOnly);
    Manifest.Entry base = appendOnly.newBase(before, true);
    Path file = appendOnly.file(base);
    Files.deleteIfExists(file);
    SecondName.give(snapshot, file);
    Manifest after = before.rewritten(base, 0);
    appendOnly.replaceManifest(after);
    Files.deleteIfExists(appendOnly.oldFile());
    appendOnly.deleteHistory(after);
  }

  /** The manifest, or an empty one if nobody could load by it: its files are kept aside by now. */
  private static Manifest readable(AofDirectory appendOnly) throws IOException {
    try {
      return appendOnly.manifest();
    } catch (AofException damaged) {
      LOG.warn("The append-only files that are replaced have a damaged manifest", damaged);
      return Manifest.EMPTY;
    }
  }

  private void removeAppendOnlyFiles() throws IOException {
    AofDirectory appendOnly = target.appendOnly();
    Files.deleteIfExists(appendOnly.oldFile());
    if (!Files.exists(appendOnly.manifestFile())) {
      return;
    }
    Manifest manifest = readable(appendOnly);
    Files.delete(appendOnly.manifestFile());
    for (Manifest.Entry entry : manifest.entries()) {
      Files.deleteIfExists(appendOnly.file(entry));
    }
    SnapshotFile.sync(appendOnly.path());
  }
}
