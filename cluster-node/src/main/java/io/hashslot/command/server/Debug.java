package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.dispatch.NodeState;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.replication.Replication;
import io.hashslot.structure.Glob;
import io.hashslot.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DEBUG subcommand [argument ...]
 *
 * <p>Runs on the slow lane without locks; what looks at data enters all shards itself, so that
 * {@code RELOAD} can save, and {@code SLEEP} stalls everybody, as it does in Redis.
 */
final class Debug {
  private static final Logger LOG = LoggerFactory.getLogger(Debug.class);

  /** Exit status of a process that was ended by SIGABRT. */
  private static final int CRASHED = 134;

  private final NodeState state;
  private final DebugReload reload;
  private final DebugLoadaof loadAof;
  private final Replication replication;

  Debug(NodeState state, Saver saver, Replication replication, AppendOnlyFiles files) {
    this.replication = replication;
    this.state = state;
    reload = new DebugReload(state, saver);
    loadAof = new DebugLoadaof(state, files);
  }

  void execute(Context ctx, Args args) {
    String name = args.text(1).toLowerCase(Locale.ROOT);
    int count = args.count();
    switch (name) {
      case "change-repl-id" -> {
        require(count == 2, args);
        replication.renameHistory();
        ctx.reply().ok();
      }
      case "help" -> DebugHelp.execute(ctx, args);
      case "digest" -> underAllLocks(ctx, () -> digest(ctx));
      case "digest-value" -> underAllLocks(ctx, () -> digestValues(ctx, args));
      case "error" -> error(ctx, require(count == 3, args));
      case "loadaof" -> {
        require(count == 2, args);
        loadAof.execute(ctx);
      }
      case "log" -> log(ctx, require(count == 3, args));
      case "listpack" ->
          underAllLocks(ctx, () -> DebugObject.compact(ctx, require(count == 3, args)));
      case "object" ->
          underAllLocks(ctx, () -> DebugObject.execute(ctx, require(count >= 3, args)));
      case "pause-cron" -> {
        state.choresPaused(number(require(count == 3, args).text(2)) != 0);
        ctx.reply().ok();
      }
      case "populate" ->
          underAllLocks(ctx, () -> populate(ctx, require(count >= 3 && count <= 5, args)));
      case "protocol" -> DebugProtocol.execute(ctx, require(count == 3, args));
      case "quicklist" ->
          underAllLocks(ctx, () -> DebugObject.chunks(ctx, require(count >= 3, args)));
      case "reload" -> reload.execute(ctx, args);
      case "sdslen" ->
          underAllLocks(ctx, () -> DebugObject.lengths(ctx, require(count == 3, args)));
      case "segfault", "panic", "assert", "oom" -> crash(name);
      case "set-active-expire" -> {
        state.activeExpiry(number(require(count == 3, args).text(2)) != 0);
        ctx.reply().ok();
      }
      case "sleep" -> sleep(ctx, require(count == 3, args));
      case "stringmatch-len" -> match(ctx, require(count == 4, args));
      default -> require(false, args);
    }
  }

  private static Args require(boolean rightCount, Args args) {
    if (!rightCount) {
      throw CommandException.err(
          "unknown subcommand or wrong number of arguments for '"
              + args.text(1)
              + "'. Try DEBUG HELP.");
    }
    return args;
  }

  /** Runs something with all shards entered. */
  static void underAllLocks(Context ctx, Runnable work) {
    Keys keys = ctx.keys();
    Shards shards = keys.keyspace().shards();
    shards.enterSlow(shards.all());
    keys.held(shards.all());
    try {
      work.run();
    } finally {
      keys.held(0);
      shards.leave(shards.all());
    }
  }

  /** Reads a number as C's {@code atof} does: what is no number is 0. */
  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static void sleep(Context ctx, Args args) {
    long ms = (long) (1000 * number(args.text(2)));
    underAllLocks(
        ctx,
        () -> {
          try {
            Thread.sleep(Math.max(0, ms));
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt(); // the server ends
          }
        });
    ctx.reply().ok();
  }

  private static void digest(Context ctx) {
    Keys keys = ctx.keys();
    ExpiryMode mode = keys.expiryMode();
    String digest = DataDigest.of(keys);
    keys.begin(ctx.database(), mode);
    ctx.reply().simple(digest);
  }

  private static void digestValues(Context ctx, Args args) {
    ctx.reply().array(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      Key key = ctx.key(i);
      Value value = ctx.keys().peek(key);
      ctx.reply()
          .simple(
              value == null
                  ? "0".repeat(40)
                  : DataDigest.of(value, ctx.keys().expireAtMs(key) >= 0));
    }
  }

  /** Ends the process at once, as a crash would: nothing is saved, nobody is told. */
  private static void crash(String name) {
    LOG.error("DEBUG {}: the process ends here", name);
    Runtime.getRuntime().halt(CRASHED);
  }

  private static void error(Context ctx, Args args) {
    ctx.reply().error(args.text(2).replace('\r', ' ').replace('\n', ' '));
  }

  private static void log(Context ctx, Args args) {
    LOG.warn("DEBUG LOG: {}", args.text(2));
    ctx.reply().ok();
  }

  private static void populate(Context ctx, Args args) {
    long count = positive(args, 2);
    String prefix = args.count() > 3 ? args.text(3) : "key";
    int size = args.count() > 4 ? (int) positive(args, 4) : 0;
    Keys keys = ctx.keys();
    for (long i = 0; i < count; i++) {
      byte[] name = (prefix + ':' + i).getBytes(StandardCharsets.ISO_8859_1);
      byte[] value = ("value:" + i).getBytes(StandardCharsets.ISO_8859_1);
      keys.begin(ctx.database(), keys.expiryMode());
      Key key = keys.key(name, 0);
      if (!keys.exists(key)) {
        keys.putText(key, size == 0 ? value : Arrays.copyOf(value, size), Keys.NO_EXPIRY);
      }
    }
    ctx.nothingToRepeat();
    ctx.reply().ok();
  }

  private static long positive(Args args, int i) {
    CommandException problem = CommandException.err("value is out of range, must be positive");
    long value = args.integer(i, problem);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw problem;
    }
    return value;
  }

  private static void match(Context ctx, Args args) {
    byte[] text = new byte[(int) args.integerBetween(2, 0, 1 << 29)];
    Arrays.fill(text, (byte) 'a');
    ctx.reply().integer(new Glob(args.bytes(3)).matches(text) ? 1 : 0);
  }
}
