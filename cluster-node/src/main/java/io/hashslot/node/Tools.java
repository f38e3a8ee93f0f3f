package io.hashslot.node;

import io.hashslot.persist.snapshot.SnapshotCheck;
import io.hashslot.time.Clock;
import java.io.IOException;
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
  static OptionalInt run(List<String> args, PrintStream out, PrintStream err) {
    if (args.isEmpty() || !args.getFirst().equals("--check-rdb")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(checkRdb(args.subList(1, args.size()), out, err));
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
