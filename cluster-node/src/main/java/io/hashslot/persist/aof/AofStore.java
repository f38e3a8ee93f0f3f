package io.hashslot.persist.aof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only files as they stand: which count, and how long they are. Changed by one thread at
 * a time: the one that starts the server, later the one that rewrites, and the writer in between at
 * its bidding. What others may see is volatile.
 */
final class AofStore {
  private static final Logger LOG = LoggerFactory.getLogger(AofStore.class);

  private final AppendedFile.Opener opener;
  private volatile AofDirectory directory;
  private volatile Manifest manifest;
  private volatile long baseBytes;

  /** Length of the increments that are written no more. */
  private volatile long closedBytes;

  /** Length of everything after the last rewrite; growth is counted from there. */
  private volatile long grownFromBytes;

  AofStore(AppendedFile.Opener opener, AofDirectory directory, Manifest manifest) {
    this.opener = opener;
    this.directory = directory;
    this.manifest = manifest;
  }

  /** Begins anew with what is in a folder. */
  void reopen(AofDirectory folder) throws IOException {
    Manifest found = folder.manifest();
    folder.create();
    directory = folder;
    manifest = found;
    measure();
  }

  /** Looks how long the files are that are there. */
  private void measure() throws IOException {
    long base = 0;
    long increments = 0;
    for (Manifest.Entry entry : manifest.toLoad()) {
      long bytes = Files.exists(directory.file(entry)) ? Files.size(directory.file(entry)) : 0;
      if (entry.type() == Manifest.Type.BASE) {
        base = bytes;
      } else {
        increments += bytes;
      }
    }
    baseBytes = base;
    closedBytes = increments;
    grownFromBytes = base;
  }

  Manifest manifest() {
    return manifest;
  }

  /** Bytes of all files that would be loaded, but for the increment that is written now. */
  long finishedBytes() {
    return baseBytes + closedBytes;
  }

  long grownFromBytes() {
    return grownFromBytes;
  }

  /** Opens the last increment to go on with it; makes the first one if there is none. */
  AppendedFile openLast() throws IOException {
    Manifest.Entry last = manifest.lastIncrement();
    if (last == null) {
      return openNext(0);
    }
    AppendedFile file = opener.open(directory.file(last));
    closedBytes -= file.size();
    return file;
  }

  /**
   * Makes the next increment and lists it.
   *
   * @param presentBytes length of the one that has been written until now
   */
  AppendedFile openNext(long presentBytes) throws IOException {
    Manifest.Entry next = directory.newIncrement(manifest);
    directory.createEmpty(next);
    AppendedFile file = opener.open(directory.file(next));
    try {
      Manifest with = manifest.withIncrement(next);
      directory.replaceManifest(with);
      manifest = with;
    } catch (IOException problem) {
      file.close();
      throw problem;
    }
    closedBytes += presentBytes;
    return file;
  }

  /** Makes the file that commands go to until the first rewrite is over. */
  AppendedFile openTemporary() throws IOException {
    directory.create();
    Files.deleteIfExists(directory.temporaryIncrement());
    return opener.open(directory.temporaryIncrement());
  }

  /** Forgets the temporary increment of a rewrite that has failed. */
  void dropTemporary() {
    try {
      Files.deleteIfExists(directory.temporaryIncrement());
    } catch (IOException problem) {
      LOG.warn("Cannot remove {}: {}", directory.temporaryIncrement(), problem.getMessage());
    }
  }

  /** What of the increments is not in a new base. */
  enum Since {
    /** The last one. */
    LAST_INCREMENT,
    /** The temporary one, which becomes the last. */
    TEMPORARY_INCREMENT,
    /** The next one, which is empty yet. */
    NEXT_INCREMENT,
    /** None: nothing is being written. */
    NOTHING
  }

  /**
   * Puts a new base into its place; what it makes superfluous becomes history.
   *
   * @param written the base, synced, under a temporary name
   * @param snapshot whether it is in the format of snapshots
   * @param presentBytes length of the increment that is being written
   */
  void install(Path written, boolean snapshot, Since since, long presentBytes) throws IOException {
    Manifest before = manifest;
    Manifest.Entry base = directory.newBase(before, snapshot);
    directory.create();
    long bytes = Files.size(written);
    Files.move(written, directory.file(base), StandardCopyOption.REPLACE_EXISTING);
    Path renamed = null;
    try {
      Manifest after = before;
      if (since == Since.NEXT_INCREMENT) {
        after = before.withIncrement(directory.newIncrement(before));
      } else if (since == Since.TEMPORARY_INCREMENT) {
        Manifest.Entry increment = directory.newIncrement(before);
        renamed = directory.file(increment);
        Files.move(directory.temporaryIncrement(), renamed, StandardCopyOption.REPLACE_EXISTING);
        after = before.withIncrement(increment);
      }
      after = after.rewritten(base, since == Since.NOTHING ? 0 : 1);
      directory.replaceManifest(after);
      manifest = after;
    } catch (IOException problem) {
      undo(directory.file(base), renamed);
      throw problem;
    }
    baseBytes = bytes;
    closedBytes = 0;
    grownFromBytes = bytes + presentBytes;
  }

  /**
   * Puts a new base into its place, and an empty increment behind it; what was there is history,
   * the last increment included. Returns the increment.
   */
  AppendedFile installWithNext(Path written, boolean snapshot) throws IOException {
    Manifest.Entry next = directory.newIncrement(manifest);
    directory.createEmpty(next);
    AppendedFile file = opener.open(directory.file(next));
    try {
      install(written, snapshot, Since.NEXT_INCREMENT, 0);
      return file;
    } catch (IOException problem) {
      file.close();
      Files.deleteIfExists(directory.file(next));
      throw problem;
    }
  }

  private void undo(Path base, @Nullable Path increment) throws IOException {
    Files.deleteIfExists(base);
    if (increment != null) {
      Files.move(increment, directory.temporaryIncrement());
    }
  }

  /** Deletes what is superfluous. */
  void deleteHistory() {
    try {
      manifest = directory.deleteHistory(manifest);
    } catch (IOException problem) {
      LOG.warn("Cannot list the append-only files without history: {}", problem.getMessage());
    }
  }
}
