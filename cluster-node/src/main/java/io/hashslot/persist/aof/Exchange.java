package io.hashslot.persist.aof;

import io.hashslot.journal.JournalMark;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * One increment is to take the place of another.
 *
 * @param mark where in the journal
 * @param next makes the increment, and makes it known
 * @param done tells when it has happened, or why not
 */
record Exchange(JournalMark mark, NextFile next, CompletableFuture<Void> done) {
  /** Makes the file that follows, and makes it known. */
  @FunctionalInterface
  interface NextFile {
    AppendedFile open() throws IOException;
  }
}
