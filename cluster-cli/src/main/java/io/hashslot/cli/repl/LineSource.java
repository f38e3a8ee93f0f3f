package io.hashslot.cli.repl;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Where the lines come from. */
interface LineSource extends Closeable {
  /**
   * The next line's bytes without its end; {@code null} when there are no more.
   *
   * @param prompt what to show to a person before
   */
  byte @Nullable [] next(String prompt);

  /** Keeps a line for recall. */
  void remember(String line);

  /** Wipes the screen. */
  void clearScreen();

  @Override
  void close();
}
