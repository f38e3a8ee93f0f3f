package io.hashslot.cli.repl;

import io.hashslot.cli.Surroundings;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Lines from a file or another program: no prompt, no history. */
final class PipedLines implements LineSource {
  private final InputStream in;
  private final Surroundings surroundings;

  PipedLines(Surroundings surroundings) {
    this.in = new BufferedInputStream(surroundings.in());
    this.surroundings = surroundings;
  }

  @Override
  public byte @Nullable [] next(String prompt) {
    var line = new ByteArrayOutputStream();
    try {
      int c = in.read();
      if (c < 0) {
        return null;
      }
      for (; c >= 0 && c != '\n'; c = in.read()) {
        line.write(c);
      }
      return line.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void remember(String line) {
    // Nobody will recall it.
  }

  @Override
  public void clearScreen() {
    surroundings.print("\033[H\033[2J");
  }

  @Override
  public void close() {
    // Standard input is not ours to close.
  }
}
