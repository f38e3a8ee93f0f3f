package io.hashslot.persist.aof;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Syncs beside the writing, on a thread of its own; one at a time. */
final class BackgroundSync {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("aof-sync").daemon().factory());
  private volatile boolean underway;

  /** Whether one has begun and its end was not taken note of. Any thread. */
  boolean underway() {
    return underway;
  }

  /** Begins; says on its own thread what came of it, null being success. */
  void begin(AofFile file, Consumer<@Nullable IOException> result) {
    underway = true;
    thread.execute(
        () -> {
          IOException problem = null;
          try {
            file.force();
          } catch (IOException failed) {
            problem = failed;
          }
          result.accept(problem);
        });
  }

  /** Takes note of its end. */
  void ended() {
    underway = false;
  }

  /** Begins no more. */
  void close() {
    thread.shutdown();
  }
}
