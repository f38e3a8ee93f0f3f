package io.hashslot.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of {@code pidfile}: there while the process runs. */
final class PidFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);

  private final Path file;

  private PidFile(Path file) {
    this.file = file;
  }

  /** Writes it. As in Redis a file that cannot be written is no reason not to start. */
  static PidFile write(Path file) {
    try {
      Files.writeString(file, ProcessHandle.current().pid() + "\n");
    } catch (IOException problem) {
      LOG.warn("Failed to write PID file: {}", problem.toString());
    }
    return new PidFile(file);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException problem) {
      LOG.warn("Failed to remove PID file: {}", problem.toString());
    }
  }
}
