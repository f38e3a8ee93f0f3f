package io.hashslot.persist.aof;

import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.rdb.RdbReader;
import io.hashslot.persist.rdb.RdbTruncatedException;
import io.hashslot.persist.rdb.RdbWriter;
import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Writes a base as commands ({@code aof-use-rdb-preamble no}): for those who want to read or edit
 * their files. The cut is written as the snapshot it is, into a pipe; on the other side the
 * snapshot is read and told again as commands. So both forms of a base come from one walk through
 * the data, at the price of a second thread and of one collection at a time in memory.
 */
public final class AofBaseWriter {
  private AofBaseWriter() {}

  /**
   * Writes the base; the cut stays open and the channel, too.
   *
   * @param functions sources of the function libraries
   * @param timestamp whether it begins with the time ({@code aof-timestamp-enabled})
   * @return bytes written
   */
  public static long write(
      SnapshotCut cut,
      List<byte[]> functions,
      boolean timestamp,
      Clock clock,
      WritableByteChannel channel)
      throws IOException {
    Pipe pipe = Pipe.open();
    try (CommandOutput out = new CommandOutput(channel);
        Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      if (timestamp) {
        out.putLatin("#TS:" + clock.wallMs() / 1000);
        out.putLineEnd();
      }
      CompletableFuture<Void> told = new CompletableFuture<>();
      Thread teller =
          Thread.ofPlatform().name("aof-base").daemon().start(() -> tell(source, out, told));
      try {
        writeSnapshot(cut, functions, sink);
      } catch (IOException problem) {
        sink.close();
        join(teller);
        throw causeOf(told, problem);
      } finally {
        sink.close();
        join(teller);
      }
      told.join();
      out.flush();
      return out.bytesWritten();
    } catch (CompletionException problem) {
      throw problem.getCause() instanceof IOException io ? io : new IOException(problem.getCause());
    } catch (UncheckedIOException problem) {
      throw problem.getCause();
    }
  }

  private static void writeSnapshot(
      SnapshotCut cut, List<byte[]> functions, WritableByteChannel sink) throws IOException {
    try (RdbWriter writer = new RdbWriter(sink, false, false)) {
      writer.begin(Rdb.NEWEST_VERSION);
      for (byte[] function : functions) {
        writer.function(function);
      }
      cut.writeTo(writer);
      writer.end();
    }
  }

  /** Reads the snapshot and writes commands; if that fails, the writer finds the pipe closed. */
  private static void tell(
      Pipe.SourceChannel source, CommandOutput out, CompletableFuture<Void> told) {
    try (source;
        RdbReader reader = new RdbReader(source, false);
        BaseCommands commands = new BaseCommands(out)) {
      reader.read(commands);
      told.complete(null);
    } catch (IOException | RuntimeException problem) {
      told.completeExceptionally(problem);
    }
  }

  /** Of two problems one has led to the other, by closing the pipe: returns the first. */
  private static IOException causeOf(CompletableFuture<Void> told, IOException writing) {
    return told.isCompletedExceptionally()
            && told.exceptionNow() instanceof IOException reading
            && !(reading instanceof RdbTruncatedException)
        ? reading
        : writing;
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
