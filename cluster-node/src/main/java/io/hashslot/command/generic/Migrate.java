package io.hashslot.command.generic;

import io.hashslot.cluster.MigrationLinks;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.command.KeyFlag;
import io.hashslot.command.KeyPositions;
import io.hashslot.command.KeySpec;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.value.Value;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MIGRATE host port key|"" destination-db timeout [COPY] [REPLACE] [AUTH password | AUTH2 username
 * password] [KEYS key [key ...]]
 *
 * <p>Runs on the slow lane and holds the shards of its keys until the other end has confirmed them:
 * nobody can change a key between its copy and its deletion. Other shards go on.
 */
final class Migrate {
  private static final int DEFAULT_TIMEOUT_MS = 1000;

  private final MigrationLinks links;
  private final PayloadForm form;
  private final boolean cluster;

  Migrate(MigrationLinks links, PayloadForm form, boolean cluster) {
    this.links = links;
    this.form = form;
    this.cluster = cluster;
  }

  /** What a request asks for. */
  private record Options(
      boolean copy, boolean replace, @Nullable Command login, int firstKey, int keyCount) {
    static Options of(Args args) {
      boolean copy = false;
      boolean replace = false;
      Command login = null;
      for (int i = 6; i < args.count(); i++) {
        int more = args.count() - 1 - i;
        if (args.is(i, "COPY")) {
          copy = true;
        } else if (args.is(i, "REPLACE")) {
          replace = true;
        } else if (args.is(i, "AUTH") && more >= 1) {
          login = new Command(List.of(word("AUTH"), args.bytes(++i)));
        } else if (args.is(i, "AUTH2") && more >= 2) {
          login = new Command(List.of(word("AUTH"), args.bytes(i + 1), args.bytes(i + 2)));
          i += 2;
        } else if (args.is(i, "KEYS")) {
          if (args.length(3) != 0) {
            throw CommandException.err(
                "When using MIGRATE KEYS option, the key argument must be set to the empty string");
          }
          return new Options(copy, replace, login, i + 1, more);
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Options(copy, replace, login, 3, 1);
    }
  }

  /**
   * Finds the keys: the third argument, or all after KEYS. A password may read KEYS, too, so the
   * options are gone through one by one.
   */
  static boolean keys(io.hashslot.resp.Request request, KeyPositions into) {
    if (request.length(3) != 0) {
      into.add(3, KEY);
      return true;
    }
    for (int i = 6; i < request.count(); i++) {
      if (request.is(i, "KEYS")) {
        for (int key = i + 1; key < request.count(); key++) {
          into.add(key, KEY);
        }
        return true;
      }
      i += request.is(i, "AUTH") ? 1 : request.is(i, "AUTH2") ? 2 : 0;
    }
    into.add(3, KEY);
    return true;
  }

  private static final KeySpec KEY = KeySpec.at(3, KeyFlag.RW, KeyFlag.ACCESS, KeyFlag.DELETE);

  /** What goes to the other end, and what becomes of it. */
  private static final class Batch implements AutoCloseable {
    final List<Key> keys = new ArrayList<>();
    final RestoreCommands restores;
    final List<Key> confirmed = new ArrayList<>();
    @Nullable String refusal;

    Batch(String restore) {
      restores = new RestoreCommands(restore);
    }

    @Override
    public void close() {
      restores.close();
    }
  }

  void execute(Context ctx, Args args) {
    Options options = Options.of(args);
    long timeout = args.integer(5);
    long database = args.integer(4);
    int timeoutMs = timeout <= 0 ? DEFAULT_TIMEOUT_MS : (int) Math.min(timeout, Integer.MAX_VALUE);
    try (Batch batch = new Batch(cluster ? "RESTORE-ASKING" : "RESTORE")) {
      gather(ctx, args, options, batch);
      if (batch.keys.isEmpty()) {
        ctx.reply().simple("NOKEY");
        return;
      }
      migrate(ctx, options, batch, target(args), database, timeoutMs);
    }
  }

  private static Endpoint target(Args args) {
    try {
      return new Endpoint(args.text(1), args.int32(2));
    } catch (IllegalArgumentException _) {
      throw connecting();
    }
  }

  private void migrate(
      Context ctx, Options options, Batch batch, Endpoint to, long database, int timeoutMs) {
    String failure = send(batch, options, to, database, timeoutMs);
    if (!options.copy) {
      forget(ctx, batch.confirmed);
    }
    if (failure != null) {
      ctx.reply().error(failure);
    } else if (batch.refusal != null) {
      ctx.reply().error("ERR Target instance replied with error: " + batch.refusal);
    } else {
      ctx.reply().ok();
    }
  }

  private void gather(Context ctx, Args args, Options options, Batch batch) {
    for (int i = 0; i < options.keyCount; i++) {
      Key key = ctx.key(options.firstKey + i);
      Value value = ctx.keys().find(key);
      if (value != null) {
        NativeOutput payload = form.write(value);
        long expireAtMs = ctx.keys().expireAtMs(key);
        long ttlMs = expireAtMs == Keys.NO_EXPIRY ? 0 : Math.max(1, expireAtMs - ctx.nowMs());
        batch.keys.add(key);
        batch.restores.add(key.address(), key.length(), ttlMs, payload, options.replace);
      }
    }
  }

  /**
   * Sends all keys and notes which of them the other end has. A kept connection may have died
   * meanwhile, so a failure before the first confirmation is tried again on a fresh one.
   *
   * @return what to reply if the connection fails, or null
   */
  private @Nullable String send(
      Batch batch, Options options, Endpoint to, long database, int timeoutMs) {
    for (boolean again = false; ; again = true) {
      MigrationLinks.Link link;
      try {
        link = links.open(to, timeoutMs);
      } catch (IOException _) {
        return connecting().reply();
      }
      boolean written = false;
      try {
        boolean select = link.selected() != database;
        write(link.connection(), batch, options, select, database);
        written = true;
        read(link, batch, options, select, database);
        return null;
      } catch (IOException failed) {
        links.close(link);
        boolean mayHelp = batch.confirmed.isEmpty() && !(failed instanceof SocketTimeoutException);
        if (again || !mayHelp) {
          return "IOERR error or timeout "
              + (written ? "reading" : "writing")
              + " to target instance";
        }
        batch.refusal = null;
      } finally {
        links.giveBack(link);
      }
    }
  }

  private static void write(
      RespConnection to, Batch batch, Options options, boolean select, long database)
      throws IOException {
    if (options.login != null) {
      to.send(options.login);
    }
    if (select) {
      to.send(Command.of("SELECT", Long.toString(database)));
    }
    batch.restores.sendTo(to);
  }

  private static void read(
      MigrationLinks.Link link, Batch batch, Options options, boolean select, long database)
      throws IOException {
    RespConnection from = link.connection();
    String refused = options.login == null ? null : refusalIn(from.receive());
    if (select) {
      String selecting = refusalIn(from.receive());
      refused = refused == null ? selecting : refused;
    }
    for (Key key : batch.keys) {
      String restoring = refusalIn(from.receive());
      String problem = refused == null ? restoring : refused;
      if (problem == null) {
        batch.confirmed.add(key);
      } else if (batch.refusal == null) {
        batch.refusal = problem;
      }
    }
    if (batch.refusal != null) {
      link.selected(MigrationLinks.UNKNOWN);
    } else if (select) {
      link.selected(database);
    }
  }

  private static @Nullable String refusalIn(Reply reply) {
    return reply.isFailure() ? reply.asText() : null;
  }

  /** Deletes what the other end has now; one DEL tells replicas so. */
  private static void forget(Context ctx, List<Key> keys) {
    if (keys.isEmpty()) {
      ctx.nothingToRepeat();
      return;
    }
    for (Key key : keys) {
      ctx.keys().remove(key);
      ctx.changed(key, KeyEvent.GENERIC, "del");
    }
    ctx.effects().command(ctx.database(), "DEL", keys.size());
    for (Key key : keys) {
      ctx.effects().argument(key.address(), key.length());
    }
  }

  private static CommandException connecting() {
    return new CommandException("IOERR error or timeout connecting to the client");
  }

  private static byte[] word(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
