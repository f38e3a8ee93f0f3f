package io.hashslot.command.connection;

import io.hashslot.command.Context;
import io.hashslot.dispatch.ClientMemory;
import io.hashslot.dispatch.Transaction;
import io.hashslot.pubsub.Subscriptions;
import io.hashslot.resp.Output;
import io.hashslot.session.Link;
import io.hashslot.session.Session;

/**
 * One client in one line, as {@code CLIENT LIST}, {@code CLIENT INFO} and the log show it. Fields
 * and order are those of Valkey 8.0. May be asked for a client of another loop: the figures are of
 * a moment ago.
 */
final class ClientLine {
  private ClientLine() {}

  /** Returns the line, without its end, for the client that asks in {@code asking}. */
  static String of(Session session, Context asking) {
    long nowMs = asking.nowMs();
    Output reply = session.reply().output();
    Link link = session.link();
    Subscriptions subscriptions = session.get(Subscriptions.SLOT);
    Transaction transaction = session.get(Transaction.SLOT);
    int inMulti = transaction != null && transaction.open() ? transaction.size() : -1;
    long queued = transaction == null ? 0 : transaction.queuedBytes();
    long pending = link.pendingOutputBytes();
    int input = link.pendingInputBytes();
    int free = link.freeInputBytes();
    var line = new StringBuilder(384);
    field(line, "id", session.id());
    field(line, "addr", link.peer());
    field(line, "laddr", link.local());
    field(line, "fd", link.descriptor());
    field(line, "name", session.name());
    field(line, "age", Math.max(0, (nowMs - session.createdMs()) / 1000));
    field(line, "idle", Math.max(0, (nowMs - session.lastActiveMs()) / 1000));
    field(line, "flags", flags(session, transaction));
    field(line, "db", session.database());
    field(line, "sub", subscriptions == null ? 0 : subscriptions.channels());
    field(line, "psub", subscriptions == null ? 0 : subscriptions.patterns());
    field(line, "ssub", subscriptions == null ? 0 : subscriptions.shardChannels());
    field(line, "multi", inMulti);
    field(line, "watch", transaction == null ? 0 : transaction.watchedCount());
    field(line, "qbuf", input);
    field(line, "qbuf-free", free);
    field(
        line, "argv-mem", session == asking.session() ? asking.args().request().payloadBytes() : 0);
    field(line, "multi-mem", queued);
    field(line, "rbs", reply.capacity());
    field(line, "rbp", Math.max(reply.capacity(), reply.position()));
    field(line, "obl", reply.position());
    field(line, "oll", link.pendingOutputPieces());
    field(line, "omem", pending);
    field(line, "tot-mem", ClientMemory.of(session));
    field(line, "events", pending > 0 ? "rw" : "r");
    field(line, "cmd", session.lastCommand());
    field(line, "user", session.userName());
    field(line, "redir", -1);
    field(line, "resp", session.reply().resp3() ? 3 : 2);
    field(line, "lib-name", session.libraryName());
    field(line, "lib-ver", session.libraryVersion());
    field(line, "tot-net-in", link.traffic().bytesIn());
    field(line, "tot-net-out", link.traffic().bytesOut());
    field(line, "tot-cmds", link.traffic().commands() - (session == asking.session() ? 1 : 0));
    return line.toString();
  }

  private static void field(StringBuilder line, String name, Object value) {
    if (!line.isEmpty()) {
      line.append(' ');
    }
    line.append(name).append('=').append(value);
  }

  private static String flags(
      Session session, @org.jspecify.annotations.Nullable Transaction transaction) {
    var flags = new StringBuilder();
    add(flags, session.monitor(), 'O');
    add(flags, session.replicaLink() && !session.monitor(), 'S');
    add(flags, session.primaryLink(), 'M');
    add(flags, session.subscriber(), 'P');
    add(flags, transaction != null && transaction.open(), 'x');
    add(flags, session.isBlocked(), 'b');
    add(flags, transaction != null && transaction.touched(), 'd');
    add(flags, session.closing(), 'c');
    add(flags, session.link().unixSocket(), 'U');
    add(flags, session.readOnlyMode(), 'r');
    add(flags, session.noEvict(), 'e');
    add(flags, session.noTouch(), 'T');
    return flags.isEmpty() ? "N" : flags.toString();
  }

  private static void add(StringBuilder flags, boolean holds, char letter) {
    if (holds) {
      flags.append(letter);
    }
  }
}
