package io.hashslot.it;

import io.hashslot.peer.LastWill;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own that is soon full. Needs root on Linux; without, the test is skipped.
 */
final class SmallDisk implements AutoCloseable {
  private static final int BYTES = 256 * 1024;
  private static final int PAGE_BYTES = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Puts it into an empty folder; skips the test where that is not allowed. */
  static SmallDisk in(Path folder) throws Exception {
    if (!run("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "tmpfs", "" + folder)) {
      return Assumptions.abort("no file system can be mounted: needs root on Linux");
    }
    LastWill.command("umount -l " + folder);
    return new SmallDisk(folder);
  }

  private static boolean run(String... words) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    byte[] page = new byte[PAGE_BYTES];
    for (int i = 0; i <= BYTES / PAGE_BYTES; i++) {
      try {
        Files.write(filler(), page, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException full) {
        return;
      }
    }
    throw new AssertionError(folder + " does not become full");
  }

  /** Gives it back. */
  void clear() throws IOException {
    Files.delete(filler());
  }

  @Override
  public void close() throws Exception {
    run("umount", "-l", "" + folder);
  }
}
