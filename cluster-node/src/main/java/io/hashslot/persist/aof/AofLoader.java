package io.hashslot.persist.aof;

import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.Replay;
import io.hashslot.journal.Journal;
import io.hashslot.persist.rdb.RdbFormatException;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.persist.snapshot.SnapshotLoader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the data back from append-only files when a server starts: the base, then the increments
 * in their order. Takes over the single file of versions before 7.0. A last file that ends in the
 * middle of a command was being written when the power went: it is cut to the last complete one.
 *
 * <p>Loads into a keyspace that nobody writes to meanwhile; not for event loops.
 */
public final class AofLoader {
  /**
   * Directives that loading asks for.
   *
   * @param loadTruncated {@code aof-load-truncated}: whether a last file that ends too early is cut
   *     and loaded
   * @param verifyChecksum {@code rdbchecksum}
   * @param threads how many threads execute commands, at most
   */
  public record Settings(boolean loadTruncated, boolean verifyChecksum, int threads) {}

  /**
   * What was loaded.
   *
   * @param manifest the files that were loaded, and history; not yet on disk if it was empty
   * @param baseBytes size of the base, 0 if there is none
   * @param totalBytes size of all files that were loaded
   * @param commands executed
   * @param errors how many of them gave an error
   */
  public record Loaded(
      Manifest manifest, long baseBytes, long totalBytes, long commands, long errors) {
    /** Tells whether there was anything to load. */
    public boolean found() {
      return !manifest.toLoad().isEmpty();
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(AofLoader.class);
  private static final byte[] RDB_MAGIC = "REDIS".getBytes(StandardCharsets.US_ASCII);

  private final AofDirectory directory;
  private final Settings settings;
  private final Environment node;
  private final LoadingProgress progress;

  private AofLoader(
      AofDirectory directory, Settings settings, Environment node, LoadingProgress progress) {
    this.directory = directory;
    this.settings = settings;
    this.node = node;
    this.progress = progress;
  }

  /**
   * Loads what the manifest lists. Without one, or if it lists nothing, nothing is loaded: not even
   * files that are there.
   *
   * @param node what the node's dispatchers share: its commands, and its data
   * @throws AofException if files are missing, damaged, or hold what this server cannot; the server
   *     must not go on. What was loaded until then stays
   */
  public static Loaded load(
      AofDirectory directory, Settings settings, Environment node, LoadingProgress progress)
      throws IOException {
    return new AofLoader(directory, settings, node, progress).load();
  }

  private Loaded load() throws IOException {
    Manifest manifest = upgraded(directory.manifest());
    List<Manifest.Entry> files = manifest.toLoad();
    long total = 0;
    for (Manifest.Entry entry : files) {
      total += size(entry);
    }
    long baseBytes = manifest.base() == null ? 0 : size(manifest.base());
    if (total == 0) {
      return new Loaded(manifest, 0, 0, 0, 0);
    }
    long fromNs = node.clock().monotonicNs();
    progress.begin(total);
    Journal unread = new Journal(0);
    try (AofReplay replay = new AofReplay(Replay.silent(node, unread), settings.threads())) {
      long before = 0;
      for (Manifest.Entry entry : files) {
        long size = size(entry);
        progress.partFrom(before);
        load(entry, replay, entry == files.getLast());
        before += size;
      }
      LOG.info(
          "DB loaded from append only file: {} seconds, {} commands",
          (node.clock().monotonicNs() - fromNs) / 1_000_000 / 1000.0,
          replay.commands());
      return new Loaded(manifest, baseBytes, sizes(files), replay.commands(), replay.errors());
    } finally {
      unread.close();
    }
  }

  private long sizes(List<Manifest.Entry> files) throws IOException {
    long total = 0;
    for (Manifest.Entry entry : files) {
      total += size(entry);
    }
    return total;
  }

  private long size(Manifest.Entry entry) throws IOException {
    try {
      return Files.size(directory.file(entry));
    } catch (NoSuchFileException missing) {
      throw new AofException(
          "The AOF file %s is listed in the manifest, but does not exist"
              .formatted(entry.fileName()),
          missing);
    }
  }

  // The single file of old

  /**
   * Moves the single file of versions before 7.0 into the folder, if there is one and the folder
   * holds nothing that counts. An upgrade that was interrupted is carried on.
   */
  private Manifest upgraded(Manifest manifest) throws IOException {
    Path old = directory.oldFile();
    if (!Files.isRegularFile(old)) {
      return manifest;
    }
    String name = old.getFileName().toString();
    Manifest after = new Manifest(List.of(new Manifest.Entry(name, 1, Manifest.Type.BASE)));
    Path target = directory.path().resolve(name);
    boolean interrupted = manifest.toLoad().equals(after.toLoad()) && !Files.exists(target);
    if (!manifest.toLoad().isEmpty() && !interrupted) {
      return manifest;
    }
    directory.replaceManifest(after);
    directory.takeOverOldFile();
    LOG.info(
        "Moved the append-only file {} of an old version into the folder {}",
        name,
        directory.path());
    return after;
  }

  // Files

  private void load(Manifest.Entry entry, AofReplay replay, boolean last) throws IOException {
    long fromNs = node.clock().monotonicNs();
    try (FileChannel channel =
        FileChannel.open(
            directory.file(entry), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long commandsAt = hasSnapshot(channel) ? snapshot(entry, channel) : 0;
      AofReplay.Played played;
      try (CommandScanner scanner = new CommandScanner(channel, commandsAt)) {
        played = replay.play(entry.fileName(), scanner, progress);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("loading was given up");
      }
      if (played.result() == AofReplay.Result.CUT_OFF) {
        cutOff(entry, channel, played.end(), last);
      }
    }
    LOG.info(
        "DB loaded from {} file {}: {} seconds",
        entry.type() == Manifest.Type.BASE ? "base" : "incr",
        entry.fileName(),
        (node.clock().monotonicNs() - fromNs) / 1_000_000 / 1000.0);
  }

  private static boolean hasSnapshot(FileChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(RDB_MAGIC.length);
    while (head.hasRemaining() && channel.read(head, head.position()) > 0) {}
    return Arrays.equals(head.array(), RDB_MAGIC);
  }

  /** Loads the snapshot that a file begins with; returns where it ends. */
  private long snapshot(Manifest.Entry entry, FileChannel channel) throws IOException {
    channel.position(0);
    try {
      SnapshotLoader.Options options =
          new SnapshotLoader.Options(settings.verifyChecksum(), SnapshotLoader.Expired.KEEP);
      return SnapshotLoader.load(channel, node.keyspace(), options, node.clock(), progress).bytes();
    } catch (RdbFormatException problem) {
      throw new AofException(
          "Error reading the RDB preamble of the AOF file %s, AOF loading aborted: %s"
              .formatted(entry.fileName(), problem.getMessage()),
          problem);
    }
  }

  private void cutOff(Manifest.Entry entry, FileChannel channel, long end, boolean last)
      throws IOException {
    String name = entry.fileName();
    if (!settings.loadTruncated()) {
      throw new AofException(
          ("Unexpected end of file reading the append only file %s. You can: 1) Make a backup of"
                  + " your AOF file, then use cluster-check-aof --fix <filename.manifest>. 2)"
                  + " Alternatively you can set the 'aof-load-truncated' configuration option to"
                  + " yes and restart the server.")
              .formatted(name));
    }
    LOG.warn(
        "!!! Warning: short read while loading the AOF file {}!!! Truncating the AOF {} at offset"
            + " {}, it had {} bytes",
        name,
        name,
        end,
        channel.size());
    channel.truncate(end);
    channel.force(true);
    if (!last) {
      throw new AofException(
          "Fatal error: the truncated file %s is not the last file".formatted(name));
    }
    LOG.warn("AOF {} loaded anyway because aof-load-truncated is enabled", name);
  }
}
