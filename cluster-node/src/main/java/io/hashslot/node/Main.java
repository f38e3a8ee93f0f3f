package io.hashslot.node;

import io.hashslot.bus.file.CorruptNodesFileException;
import io.hashslot.config.CommandLine;
import io.hashslot.config.Config;
import io.hashslot.config.ConfigFileException;
import io.hashslot.config.ProcessDirectives;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

/** Entry of the server process. */
public final class Main {
  private Main() {}

  /** Starts a server as the arguments say and runs until it is told to stop. */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) {
    if (args.size() == 1 && (args.getFirst().equals("--version") || args.getFirst().equals("-v"))) {
      print(System.out, "Hashslot server v=" + version());
      return 0;
    }
    if (args.size() == 1 && (args.getFirst().equals("--help") || args.getFirst().equals("-h"))) {
      print(System.out, HELP);
      return 0;
    }
    OptionalInt tool = Tools.run(args, System.in, utf8(System.out), utf8(System.err));
    if (tool.isPresent()) {
      return tool.getAsInt();
    }
    RestoreOption restore;
    Config config;
    try {
      restore = RestoreOption.of(args);
      config = Config.read(CommandLine.parse(restore.others()), System.in);
    } catch (ConfigFileException problem) {
      print(System.err, String.valueOf(problem.getMessage()));
      return 1;
    }
    String logfile = config.get(ProcessDirectives.LOGFILE);
    Logging.start(
        logfile.isEmpty() ? null : config.resolve(logfile), config.get(ProcessDirectives.LOGLEVEL));
    try {
      restore.apply(config);
      Node node = Node.start(config, starting -> Signals.handle(config, starting.ending()));
      int status = node.awaitEnd();
      node.stop();
      return status;
    } catch (IOException
        | CorruptNodesFileException
        | UncheckedIOException
        | IllegalArgumentException problem) {
      LoggerFactory.getLogger(Main.class).error("Cannot start: {}", problem.getMessage());
      return 1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }

  private static void print(PrintStream to, String text) {
    utf8(to).println(text);
  }

  private static PrintStream utf8(PrintStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private static final String HELP =
      """
      Usage: cluster-node [/path/to/redis.conf] [options] [-]
             cluster-node - (read config from stdin)
             cluster-node -v or --version
             cluster-node -h or --help
             cluster-node --check-aof [--fix | --truncate-to-timestamp SECONDS] MANIFEST|FILE
             cluster-node --check-rdb FILE (see whether a snapshot is sound)

      Options are directives of redis.conf with two dashes in front, and:
             --restore-from FILE|DIR (put a kept snapshot in the place of the data, then start)
             --restore-replace (even if there is data, which is put aside)

      Examples:
             cluster-node (run the server with default conf)
             cluster-node /etc/redis/6379.conf
             cluster-node --port 7777
             cluster-node --port 7000 --cluster-enabled yes
             echo 'maxmemory 128mb' | cluster-node -
             cluster-node /etc/redis/6379.conf --loglevel verbose -\
      """;
}
