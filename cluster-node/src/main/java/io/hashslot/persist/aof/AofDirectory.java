package io.hashslot.persist.aof;

import io.hashslot.persist.snapshot.SnapshotFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the append-only files, {@code appenddirname} in {@code dir}, and the names in it.
 * Whatever changes here survives a crash as a whole or not at all: the manifest says what counts,
 * and is replaced in one step.
 *
 * <p>For one thread at a time; does not keep the manifest in memory.
 */
public final class AofDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(AofDirectory.class);

  private final Path dir;
  private final Path path;
  private final String fileName;

  /**
   * @param dir the server's directory
   * @param directoryName directive {@code appenddirname}
   * @param fileName directive {@code appendfilename}
   */
  public AofDirectory(Path dir, String directoryName, String fileName) {
    this.dir = dir;
    this.path = dir.resolve(directoryName);
    this.fileName = fileName;
  }

  /** Returns the folder. */
  public Path path() {
    return path;
  }

  /** Returns the path of a file that the manifest lists. */
  public Path file(Manifest.Entry entry) {
    return path.resolve(entry.fileName());
  }

  /** Returns the path of the manifest. */
  public Path manifestFile() {
    return path.resolve(fileName + ".manifest");
  }

  /**
   * Returns where versions before 7.0 have kept everything: {@code appendfilename} in {@code dir}.
   */
  public Path oldFile() {
    return dir.resolve(fileName);
  }

  /** Returns where commands go until the first rewrite is over that follows a switch to on. */
  public Path temporaryIncrement() {
    return path.resolve("temp-" + fileName + ".incr");
  }

  /**
   * Returns the entry of the next base.
   *
   * @param rdb whether its content is in the format of snapshots; the name tells, and the content
   *     counts
   */
  public Manifest.Entry newBase(Manifest manifest, boolean rdb) {
    long seq = manifest.nextBaseSeq();
    String name = fileName + '.' + seq + (rdb ? ".base.rdb" : ".base.aof");
    return new Manifest.Entry(name, seq, Manifest.Type.BASE);
  }

  /** Returns the entry of the next increment. */
  public Manifest.Entry newIncrement(Manifest manifest) {
    long seq = manifest.nextIncrSeq();
    return new Manifest.Entry(fileName + '.' + seq + ".incr.aof", seq, Manifest.Type.INCR);
  }

  /**
   * Reads the manifest.
   *
   * @return the empty one if there is no such file
   * @throws AofException if it is malformed
   */
  public Manifest manifest() throws IOException {
    Path file = manifestFile();
    return Files.exists(file) ? Manifest.parse(Files.readAllBytes(file)) : Manifest.EMPTY;
  }

  /** Makes the folder, if it is not there yet, so that a crash cannot undo it. */
  public void create() throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path);
      SnapshotFile.sync(dir);
    }
  }

  /** Replaces the manifest; after that a crash finds the new one. Makes the folder if needed. */
  public void replaceManifest(Manifest manifest) throws IOException {
    create();
    SnapshotFile.replace(
        manifestFile(),
        "temp-" + fileName + ".manifest",
        channel -> {
          ByteBuffer text = ByteBuffer.wrap(manifest.text().getBytes(StandardCharsets.UTF_8));
          while (text.hasRemaining()) {
            channel.write(text);
          }
        });
  }

  /** Moves {@link #oldFile} into the folder, where it keeps its name. */
  void takeOverOldFile() throws IOException {
    SnapshotFile.putInPlace(oldFile(), path.resolve(fileName));
    SnapshotFile.sync(dir);
  }

  /** Makes a file empty that is about to be listed, so that a crash cannot lose it afterwards. */
  public void createEmpty(Manifest.Entry entry) throws IOException {
    create();
    try (FileChannel channel =
        FileChannel.open(
            file(entry),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.force(true);
    }
    SnapshotFile.sync(path);
  }

  /**
   * Deletes the files of the history and lists them no more. Files that are missing or cannot be
   * deleted are forgotten, too.
   *
   * @return the manifest that is in place now
   */
  public Manifest deleteHistory(Manifest manifest) throws IOException {
    if (manifest.history().isEmpty()) {
      return manifest;
    }
    for (Manifest.Entry entry : manifest.history()) {
      try {
        if (Files.deleteIfExists(file(entry))) {
          LOG.info("Removed the superfluous append-only file {}", entry.fileName());
        }
      } catch (IOException problem) {
        LOG.warn("Cannot remove the superfluous append-only file {}", entry.fileName(), problem);
      }
    }
    Manifest after = manifest.withoutHistory();
    replaceManifest(after);
    return after;
  }
}
