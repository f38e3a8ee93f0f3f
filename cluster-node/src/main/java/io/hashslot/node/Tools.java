package io.hashslot.node;

import io.hashslot.persist.aof.AofCheck;
import io.hashslot.persist.snapshot.SnapshotCheck;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalInt;

/** What the server's program does apart from serving: it looks at files. */
final class Tools {
  private Tools() {}

  /**
   * Runs the tool that the first argument asks for.
   *
   * @return the exit status; empty if that is no tool
   */
  static OptionalInt run(List<String> args, InputStream in, PrintStream out, PrintStream err) {
    String tool = args.isEmpty() ? "" : args.getFirst();
    List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
    return switch (tool) {
      case "--check-aof" -> OptionalInt.of(AofCheck.run(rest, in, out));
      case "--check-rdb" -> OptionalInt.of(checkRdb(rest, out, err));
      default -> OptionalInt.empty();
    };
  }

  private static int checkRdb(List<String> args, PrintStream out, PrintStream err) {
    if (args.size() != 1) {
      err.println("Usage: cluster-check-rdb <rdb-file-name>");
      return 1;
    }
    String name = args.getFirst();
    try (FileChannel file = FileChannel.open(Path.of(name), StandardOpenOption.READ);
        SnapshotCheck check = new SnapshotCheck(file, out, Clock.system())) {
      if (!check.run(name)) {
        return 1;
      }
      check.info("\\o/ RDB looks OK! \\o/");
      check.printFigures();
      return 0;
    } catch (IOException | InvalidPathException problem) {
      err.println("Cannot open or read file: " + problem);
      return 1;
    }
  }
}
