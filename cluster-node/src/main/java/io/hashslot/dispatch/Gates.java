package io.hashslot.dispatch;

import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may speak against running a command before it is run, in the order in which Redis asks; the
 * texts are Redis'.
 */
final class Gates {
  private static final Set<String> WITH_SUBSCRIPTIONS =
      Set.of(
          "ping",
          "subscribe",
          "ssubscribe",
          "sunsubscribe",
          "unsubscribe",
          "psubscribe",
          "punsubscribe",
          "quit",
          "reset");

  /** Replies of such commands tell of data, even without keys. */
  private static final long TELLS_OF_DATA = CommandFlag.WRITE.bit() | CommandFlag.READONLY.bit();

  private static final String LOADING = "LOADING Redis is loading the dataset in memory";
  private static final String STALE =
      "STALE The data of this replica may be older than replica-max-staleness allows.";

  private final NodeState state;

  Gates(NodeState state) {
    this.state = state;
  }

  /** Returns the error for a command that does not exist, or has no such subcommand. */
  static String unknown(@Nullable CommandSpec container, Request request) {
    if (container == null) {
      return unknownCommand(request);
    }
    return request.count() < 2 ? wrongArity(container) : unknownSubcommand(container, request);
  }

  private static String unknownCommand(Request request) {
    StringBuilder text = new StringBuilder("ERR unknown command '");
    text.append(clipped(request, 0)).append("', with args beginning with: ");
    for (int i = 1; i < request.count() && text.length() < 128 + 60; i++) {
      text.append('\'').append(clipped(request, i)).append("' ");
    }
    return text.toString();
  }

  /**
   * Tells whether a command that does not exist is a line of HTTP: a page that somebody looks at
   * may send requests to any port of the reader's machine, with commands in the body.
   */
  static boolean fromBrowser(Request request) {
    return request.is(0, "POST") || request.is(0, "HOST:");
  }

  private static String clipped(Request request, int i) {
    String text = request.text(i);
    return text.length() > 128 ? text.substring(0, 128) : text;
  }

  private static String unknownSubcommand(CommandSpec container, Request request) {
    return "ERR unknown subcommand '"
        + clipped(request, 1)
        + "'. Try "
        + container.name().toUpperCase(java.util.Locale.ROOT)
        + " HELP.";
  }

  static String wrongArity(CommandSpec command) {
    return "ERR wrong number of arguments for '" + command.name() + "' command";
  }

  /** Judges what concerns memory, disk, replicas and role; null lets pass. */
  @Nullable String judgeNode(CommandSpec command, long flags) {
    boolean write = (flags & CommandFlag.WRITE.bit()) != 0;
    if (state.outOfMemory() && (flags & CommandFlag.DENYOOM.bit()) != 0) {
      return "OOM command not allowed when used memory > 'maxmemory'.";
    }
    String writeError = state.writeError();
    if (writeError != null && (write || command.name().equals("ping"))) {
      return writeError;
    }
    if (!state.enoughReplicas() && !state.replica() && write) {
      return "NOREPLICAS Not enough good replicas to write.";
    }
    if (state.replica() && state.replicaReadOnly() && write && !state.takingOver()) {
      return "READONLY You can't write against a read only replica.";
    }
    return null;
  }

  /** Tells whether a refusal sends the client elsewhere, or tells it to try again. */
  static boolean isRedirect(String refusal) {
    return refusal.startsWith("MOVED ")
        || refusal.startsWith("ASK ")
        || refusal.startsWith("TRYAGAIN ")
        || refusal.startsWith("CROSSSLOT ")
        || refusal.startsWith("REDIRECT ")
        || refusal.startsWith("CLUSTERDOWN ");
  }

  /** Sends a client that asked for it from a replica outside a cluster to the primary. */
  @Nullable String judgeRole(Session session, long flags) {
    boolean write = (flags & CommandFlag.WRITE.bit()) != 0;
    boolean read = (flags & CommandFlag.READONLY.bit()) != 0;
    boolean sent = state.replica() && (write || read && !session.readOnlyMode());
    return sent ? "REDIRECT " + state.primaryAddress() : null;
  }

  @Nullable String judgeSubscriber(Session session, CommandSpec command) {
    if (session.subscriber()
        && !session.reply().resp3()
        && !WITH_SUBSCRIPTIONS.contains(command.name())) {
      return "ERR Can't execute '"
          + command.name()
          + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
          + " context";
    }
    return null;
  }

  /** Judges whether the data may be shown as it is; null lets pass. */
  @Nullable String judgeData(CommandSpec command) {
    if (state.asyncLoading() && command.has(CommandFlag.NO_ASYNC_LOADING)) {
      return LOADING;
    }
    if (state.replica()
        && !state.primaryLinkUp()
        && !state.serveStaleData()
        && !command.has(CommandFlag.STALE)) {
      return "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.";
    }
    if (state.loading() && !command.has(CommandFlag.LOADING)) {
      return LOADING;
    }
    return null;
  }

  /**
   * Judges whether the data of a replica is young enough to be read; null lets pass. In a cluster
   * the client is sent to the primary of the slot.
   */
  @Nullable String judgeAge(
      Session session, long flags, @Nullable SlotGate slotGate, int slot, long nowNs) {
    if ((flags & CommandFlag.READONLY.bit()) == 0 || !state.stale(nowNs)) {
      return null;
    }
    String redirect = slotGate == null || slot < 0 ? null : slotGate.redirect(session, slot);
    return redirect == null ? STALE : redirect;
  }

  /** Tells whether a command may change data here or on replicas. */
  static boolean writes(long flags) {
    return (flags & (CommandFlag.WRITE.bit() | CommandFlag.MAY_REPLICATE.bit())) != 0;
  }

  /** Tells whether a pause holds the command back. */
  boolean paused(long flags, long nowMs) {
    return switch (state.pause(nowMs)) {
      case NONE -> writes(flags) && state.takingOver();
      case WRITES -> writes(flags);
      case ALL -> true;
    };
  }

  /** Notes that the reply tells of data, if it does; under the locks of its shards. */
  void told(Session session, CommandSpec command, long plan) {
    if ((plan | command.flagBits() & TELLS_OF_DATA) != 0) {
      session.told().of(state.gate().era());
    }
  }
}
