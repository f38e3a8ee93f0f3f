package io.hashslot.command.server;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.config.Choices;
import io.hashslot.config.Config;
import io.hashslot.config.SecurityDirectives;
import io.hashslot.dispatch.NodeState;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.persist.rdb.RdbValues;
import io.hashslot.persist.snapshot.Saver;
import io.hashslot.persist.snapshot.SnapshotLoader;
import io.hashslot.replication.Replication;
import io.hashslot.resp.NativeOutput;
import io.hashslot.structure.Glob;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.StringValue;
import io.hashslot.value.Value;
import java.io.IOException;
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
  private static final String NOT_ALLOWED =
      "DEBUG command not allowed. If the enable-debug-command option is set to \"local\", you can"
          + " run it from a local connection, otherwise you need to set this option in the"
          + " configuration file, and then restart the server.";

  private final Config config;
  private final NodeState state;
  private final Saver saver;
  private final Replication replication;

  Debug(Config config, NodeState state, Saver saver, Replication replication) {
    this.replication = replication;
    this.config = config;
    this.state = state;
    this.saver = saver;
  }

  void execute(Context ctx, Args args) {
    Choices.Permission permission = config.get(SecurityDirectives.ENABLE_DEBUG_COMMAND);
    if (!Permissions.granted(permission, ctx.session())) {
      throw CommandException.err(NOT_ALLOWED);
    }
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
      case "log" -> log(ctx, require(count == 3, args));
      case "object" -> underAllLocks(ctx, () -> object(ctx, require(count >= 3, args)));
      case "populate" ->
          underAllLocks(ctx, () -> populate(ctx, require(count >= 3 && count <= 5, args)));
      case "protocol" -> DebugProtocol.execute(ctx, require(count == 3, args));
      case "reload" -> reload(ctx, args);
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

  private static void underAllLocks(Context ctx, Runnable work) {
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
    DataDigest digest = new DataDigest();
    for (int database = 0; database < keys.keyspace().databases(); database++) {
      if (keys.keyspace().size(database) == 0) {
        continue;
      }
      digest.database(database);
      keys.begin(database, ExpiryMode.IGNORE);
      long cursor = 0;
      do {
        cursor = keys.scan(cursor, 1024, (_, entry) -> digest.entry(entry));
      } while (cursor != 0);
    }
    keys.begin(ctx.database(), mode);
    ctx.reply().simple(digest.text());
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

  private static void error(Context ctx, Args args) {
    ctx.reply().error(args.text(2).replace('\r', ' ').replace('\n', ' '));
  }

  private static void log(Context ctx, Args args) {
    LOG.warn("DEBUG LOG: {}", args.text(2));
    ctx.reply().ok();
  }

  private static void object(Context ctx, Args args) {
    Key key = ctx.key(2);
    Value value = ctx.keys().peek(key);
    if (value == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    int clock = ctx.keys().accessClock(key);
    long idleSeconds = ctx.keys().keyspace().accessClock().idleSeconds(clock, ctx.nowMs());
    ctx.reply()
        .simple(
            "Value at:0x"
                + Long.toHexString(addressOf(value))
                + " refcount:1 encoding:"
                + value.encodingName()
                + " serializedlength:"
                + serializedLength(value)
                + " lru:"
                + (clock & 0xFFFFFF)
                + " lru_seconds_idle:"
                + idleSeconds);
  }

  private static long addressOf(Value value) {
    return switch (value) {
      case StringValue text -> text.address();
      case CollectionValue collection -> collection.cell().address();
    };
  }

  private static int serializedLength(Value value) {
    NativeOutput out = new NativeOutput(64);
    try (RdbEncoder encoder = new RdbEncoder(out, true)) {
      RdbValues.write(encoder, value, Rdb.VERSION_REDIS_7_0);
      return out.position();
    } finally {
      out.release();
    }
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

  private void reload(Context ctx, Args args) {
    boolean save = true;
    for (int i = 2; i < args.count(); i++) {
      if (!args.is(i, "NOSAVE")) {
        throw CommandException.err("DEBUG RELOAD only supports the NOSAVE option.");
      }
      save = false;
    }
    state.loading(true);
    try {
      if (save) {
        saver.save();
      }
      underAllLocks(
          ctx,
          () -> {
            for (int i = 0; i < ctx.keys().keyspace().databases(); i++) {
              ctx.keys().keyspace().flush(i, false);
            }
          });
      saver.load(state.replica() ? SnapshotLoader.Expired.KEEP : SnapshotLoader.Expired.DROP);
    } catch (IOException problem) {
      LOG.error("DEBUG RELOAD failed", problem);
      throw CommandException.err("Error trying to load the RDB dump, check server logs");
    } finally {
      state.loading(false);
    }
    LOG.warn("DB reloaded by DEBUG RELOAD");
    ctx.reply().ok();
  }
}
