package io.hashslot.replication;

import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.ProtocolException;
import io.hashslot.resp.Request;
import io.hashslot.resp.RequestParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stream as a file of commands. It may begin in the middle of a command: the first
 * whole one is where everything from there to the end can be read. What is for replicas alone is
 * left out; the database that the stream stood in is said first.
 */
final class LostTail {
  private static final byte[] SELECT = ReplicaHandshake.command("SELECT", "0");

  /**
   * What was written.
   *
   * @param file null if there was nothing worth it
   * @param from position of the first command
   */
  record Written(@Nullable Path file, long from, long commands, long bytes) {}

  private final NativeOutput tail;
  private final NativeOutput kept = new NativeOutput(1024);
  private long commands;
  private int database;

  private LostTail(NativeOutput tail) {
    this.tail = tail;
  }

  /**
   * Writes what lies behind a position.
   *
   * @param tail bytes of the stream, to its end
   * @param at position of the first of them
   * @param from position of the first that is wanted
   */
  static Written write(NativeOutput tail, long at, long from, Path directory, String name)
      throws IOException {
    LostTail work = new LostTail(tail);
    try {
      int begin = work.firstCommand((int) (from - at));
      work.collect(begin);
      if (work.commands == 0) {
        return new Written(null, at + begin, 0, 0);
      }
      Path file = directory.resolve(name);
      work.save(directory.resolve(name + ".tmp"), file);
      return new Written(file, at + begin, work.commands, work.kept.position());
    } finally {
      work.kept.release();
    }
  }

  /** Where the first command begins from which all can be read; notes the database before. */
  private int firstCommand(int wanted) {
    int end = tail.position();
    for (int i = 0; i < end; i++) {
      if (byteAt(i) == '*' && (i == 0 || byteAt(i - 1) == '\n') && readable(i)) {
        return skipTo(i, wanted);
      }
    }
    return end;
  }

  private byte byteAt(int i) {
    return UnsafeApi.getByte(tail.address() + i);
  }

  /** Whether what begins here are commands to the very end. */
  private boolean readable(int begin) {
    return walk(begin, (_, _, _) -> true) == tail.position();
  }

  /** Goes on to the first command at or behind a place. */
  private int skipTo(int begin, int wanted) {
    return walk(
        begin,
        (command, from, _) -> {
          if (from >= wanted) {
            return false;
          }
          select(command);
          return true;
        });
  }

  private void select(Request command) {
    if (command.is(0, "SELECT") && command.count() == 2) {
      database = Integer.parseInt(command.text(1));
    }
  }

  private void collect(int begin) {
    kept.put(
        database == 0 ? SELECT : ReplicaHandshake.command("SELECT", Integer.toString(database)));
    int unused =
        walk(
            begin,
            (command, from, to) -> {
              if (!forReplicas(command)) {
                kept.put(tail.address() + from, to - from);
                commands += isWork(command) ? 1 : 0;
              }
              return true;
            });
  }

  private static boolean forReplicas(Request command) {
    return command.is(0, "PING")
        || command.is(0, "REPLCONF")
        || command.is(0, "PUBLISH")
        || command.is(0, "SPUBLISH");
  }

  private static boolean isWork(Request command) {
    return !command.is(0, "SELECT") && !command.is(0, "MULTI") && !command.is(0, "EXEC");
  }

  /** What is done with each command; false ends the walk before it. */
  private interface Visitor {
    boolean visit(Request command, int from, int to);
  }

  /** Reads commands; returns where it stopped. */
  private int walk(int begin, Visitor visitor) {
    RequestParser parser = new RequestParser();
    try {
      parser.begin(begin);
      int from = begin;
      while (from < tail.position() && byteAt(from) == '*') {
        Request command = parser.next(tail.address(), tail.position());
        if (command == null) {
          return from;
        }
        parser.accept();
        if (!visitor.visit(command, from, parser.consumed())) {
          return from;
        }
        from = parser.consumed();
      }
      return from;
    } catch (ProtocolException problem) {
      return -1;
    } finally {
      parser.release();
    }
  }

  private void save(Path temporary, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(kept.toBytes());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
