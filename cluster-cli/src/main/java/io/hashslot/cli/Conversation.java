package io.hashslot.cli;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.Redirection;
import io.hashslot.resp.client.RespConnection;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A person's or a script's talk with a server: sends commands, prints replies, follows
 * redirections, connects anew when the connection was lost, and remembers what the server knows of
 * the client (database, transaction) so that the prompt can tell.
 *
 * <p>The order of things on a new connection is AUTH, SELECT, HELLO. A refusal of one of them is
 * said on standard error and ends the sequence, not the talk: redis-cli does so, and scripts rely
 * on it.
 */
public final class Conversation implements Closeable {
  private final Settings settings;
  private final Surroundings surroundings;
  private final boolean interactive;

  private Endpoint endpoint;
  private @Nullable String socketPath;
  private volatile @Nullable RespConnection connection;
  private volatile boolean interrupted;
  private int wantedDatabase;
  private int database;
  private boolean inTransaction;
  private int databaseBeforeTransaction;
  private Reply lastReply = Reply.Nil.NULL;

  /** What a command is to this program, beyond its reply. */
  private enum Kind {
    PLAIN,
    /** The reply is a page of text, shown as it is. */
    PAGE,
    /** Messages follow until the connection ends. */
    STREAM,
    SHUTDOWN;

    static Kind of(Command command) {
      int count = command.words().size();
      return switch (command.name()) {
        case "INFO", "LOLWUT" -> PAGE;
        case "DEBUG" -> page(command.word(1).matches("HTSTATS|HTSTATS-KEY|CLIENT-EVICTION"));
        case "MEMORY" -> page(command.word(1).matches("MALLOC-STATS|DOCTOR"));
        case "CLUSTER" -> page(count == 2 && command.word(1).matches("NODES|INFO"));
        case "CLIENT" -> page(command.word(1).matches("LIST|INFO"));
        case "LATENCY" ->
            page(
                count == 3 && command.word(1).equals("GRAPH")
                    || count == 2 && command.word(1).equals("DOCTOR"));
        case "PROXY" -> page(count >= 2 && command.word(1).equals("INFO"));
        case "MONITOR", "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE" -> STREAM;
        case "SHUTDOWN" -> SHUTDOWN;
        default -> PLAIN;
      };
    }

    private static Kind page(boolean yes) {
      return yes ? PAGE : PLAIN;
    }
  }

  /**
   * Prepares to talk; nothing is connected yet.
   *
   * @param interactive whether lines are typed or piped in, instead of one command given with the
   *     program
   */
  public Conversation(Settings settings, Surroundings surroundings, boolean interactive) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.interactive = interactive;
    this.endpoint = settings.endpoint();
    this.socketPath = settings.socketPath();
    this.wantedDatabase = settings.database();
  }

  /** Goes elsewhere, as {@code connect HOST PORT} asks. */
  public void moveTo(Endpoint other) {
    disconnect();
    endpoint = other;
    socketPath = null;
    connect(false);
  }

  /** Connects if there is no connection; says why not unless {@code quiet}. */
  public boolean connect(boolean quiet) {
    if (connection != null) {
      return true;
    }
    database = 0;
    inTransaction = false;
    try {
      RespConnection opened =
          socketPath == null
              ? RespConnection.openBare(
                  endpoint, settings.connect().connectTimeoutMs(), settings.connect().tls())
              : RespConnection.openUnix(socketPath);
      opened.onPush(this::printPush);
      connection = opened;
      introduce(opened);
      return true;
    } catch (IOException e) {
      disconnect();
      if (!quiet) {
        surroundings.complain(
            "Could not connect to Redis at "
                + (socketPath == null ? endpoint.toString() : socketPath)
                + ": "
                + RespConnection.reasonOf(e));
      }
      return false;
    }
  }

  private void introduce(RespConnection opened) throws IOException {
    Command auth = settings.connect().auth();
    if (auth != null && !accepted(opened, auth, "AUTH")) {
      return;
    }
    if (!select(opened)) {
      return;
    }
    if (settings.protocol() != Settings.Protocol.RESP2) {
      Reply reply = opened.call("HELLO", "3");
      if (reply.isFailure() && settings.protocol() == Settings.Protocol.RESP3) {
        surroundings.complain("HELLO 3 failed: " + reply.asText());
      }
    }
  }

  private boolean select(RespConnection opened) throws IOException {
    if (wantedDatabase == database) {
      return true;
    }
    if (!accepted(
        opened,
        Command.of("SELECT", Integer.toString(wantedDatabase)),
        "SELECT " + wantedDatabase)) {
      return false;
    }
    database = wantedDatabase;
    return true;
  }

  private boolean accepted(RespConnection opened, Command command, String what) throws IOException {
    Reply reply = opened.call(command);
    if (reply.isFailure()) {
      surroundings.complain(what + " failed: " + reply.asText());
    }
    return !reply.isFailure();
  }

  /**
   * Sends a command and prints its reply, as often as asked, following redirections.
   *
   * @param times how often; negative for ever
   * @param intervalMs pause after each time, in milliseconds
   * @return whether all went well; what did not has been said
   */
  public boolean say(Command command, long times, int intervalMs) {
    boolean asking = false;
    interrupted = false;
    while (connect(false)) {
      Redirection redirection;
      try {
        RespConnection open = connected();
        if (asking) {
          open.call("ASKING");
        }
        redirection = sayHere(open, command, times, intervalMs);
      } catch (IOException e) {
        disconnect();
        return lost(command, e);
      }
      if (redirection == null) {
        return !(settings.errorStatus() && !interactive && lastReply.isFailure());
      }
      if (interactive) {
        surroundings.print(
            "-> Redirected to slot [%d] located at %s\n"
                .formatted(redirection.slot(), redirection.target()));
      }
      disconnect();
      endpoint = redirection.target();
      socketPath = null;
      asking = redirection.ask();
    }
    return false;
  }

  private boolean lost(Command command, IOException e) {
    if (interrupted) {
      connect(true);
      return true;
    }
    if (Kind.of(command) == Kind.SHUTDOWN) {
      return true;
    }
    surroundings.complain("Error: " + RespConnection.reasonOf(e));
    return false;
  }

  /** Talks to the present node; returns where to go instead, if it says so. */
  private @Nullable Redirection sayHere(
      RespConnection open, Command command, long times, int intervalMs) throws IOException {
    Kind kind = Kind.of(command);
    for (long done = 0; times < 0 || done < times; done++) {
      if (kind == Kind.STREAM
          && command.name().endsWith("SUBSCRIBE")
          && !(settings.format() instanceof RawFormat)) {
        surroundings.print("Reading messages... (press Ctrl-C to quit)\n");
      }
      open.send(command);
      Reply reply = kind == Kind.STREAM ? open.receiveAny() : open.receive();
      lastReply = reply;
      Redirection redirection = settings.clusterMode() ? Redirection.of(reply, endpoint) : null;
      if (redirection != null) {
        return redirection;
      }
      if (settings.errorStatus() && !interactive && reply.isFailure()) {
        surroundings.complain(reply.asText());
        return null;
      }
      print(reply, kind);
      while (kind == Kind.STREAM && !reply.isFailure()) {
        reply = open.receiveAny();
        print(reply, kind);
      }
      note(open, command, reply);
      if (intervalMs > 0) {
        pause(intervalMs);
      }
    }
    return null;
  }

  private void print(Reply reply, Kind kind) {
    surroundings.print(
        kind == Kind.PAGE ? RawFormat.LINES.page(reply) : settings.format().whole(reply));
  }

  private void printPush(Reply.Push push) {
    if (settings.showPushes()) {
      surroundings.print(settings.format().whole(push));
    }
  }

  /** Keeps the program's idea of the client's state in step with the server's. */
  private void note(RespConnection open, Command command, Reply reply) throws IOException {
    int count = command.words().size();
    boolean refused = reply.isFailure();
    switch (command.name()) {
      case "SELECT" -> {
        if (count == 2 && !refused) {
          wantedDatabase = leadingNumber(command.text(1));
          database = wantedDatabase;
        }
      }
      case "AUTH" -> {
        if (count == 2 || count == 3) {
          select(open);
        }
      }
      case "MULTI" -> {
        if (count == 1 && !refused) {
          inTransaction = true;
          databaseBeforeTransaction = database;
        }
      }
      case "EXEC" -> {
        if (count == 1 && inTransaction) {
          endTransaction(refused || reply.plain() instanceof Reply.Nil);
        }
      }
      case "DISCARD" -> {
        if (count == 1 && inTransaction && !refused) {
          endTransaction(true);
        }
      }
      case "RESET" -> {
        if (count == 1 && !refused) {
          inTransaction = false;
          database = 0;
          wantedDatabase = 0;
        }
      }
      default -> {}
    }
  }

  private void endTransaction(boolean undone) {
    inTransaction = false;
    if (undone) {
      database = databaseBeforeTransaction;
      wantedDatabase = databaseBeforeTransaction;
    }
  }

  private static int leadingNumber(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static void pause(int ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Sends a command for the program's own use and prints nothing.
   *
   * @throws IOException if there is no connection
   */
  public Reply ask(Command command) throws IOException {
    if (!connect(true)) {
      throw new IOException("not connected");
    }
    return connected().call(command);
  }

  /** Ends a wait from another thread; the next command connects anew. */
  public void interrupt() {
    RespConnection open = connection;
    if (open != null) {
      interrupted = true;
      open.close();
    }
  }

  /** Whether the last command's replies were not waited for to their end. */
  public boolean wasInterrupted() {
    return interrupted;
  }

  /** What to print before a line is typed. */
  public String prompt() {
    if (connection == null) {
      return "not connected> ";
    }
    String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
    return (socketPath == null ? host + ":" + endpoint.port() : "redis " + socketPath)
        + (database == 0 ? "" : "[" + database + "]")
        + (inTransaction ? "(TX)" : "")
        + "> ";
  }

  private RespConnection connected() throws IOException {
    RespConnection open = connection;
    if (open == null) {
      throw new IOException("not connected");
    }
    return open;
  }

  private void disconnect() {
    RespConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  /** Ends the connection. */
  @Override
  public void close() {
    disconnect();
  }
}
