package io.hashslot.dispatch;

import io.hashslot.pubsub.Subscriptions;
import io.hashslot.session.Link;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;

/**
 * How much memory clients take, in bytes: their buffers, what they have queued, and about what they
 * are on the heap. May be asked for a client of another loop: the figures are of a moment ago.
 *
 * @param replicas what links to replicas take
 * @param others what all other clients take
 */
public record ClientMemory(long replicas, long others) {
  /** The objects of one client on the heap, about. */
  private static final int OBJECTS_BYTES = 1024;

  /** A watched key or a subscription with its entries in the tables, about, names apart. */
  private static final int ENTRY_BYTES = 128;

  /** Adds up all clients. */
  public static ClientMemory of(Sessions sessions) {
    long replicas = 0;
    long others = 0;
    for (Session session : sessions.all()) {
      if (session.replicaLink()) {
        replicas += of(session);
      } else {
        others += of(session);
      }
    }
    return new ClientMemory(replicas, others);
  }

  /** Returns what one client takes. */
  public static long of(Session session) {
    Link link = session.link();
    Transaction transaction = session.get(Transaction.SLOT);
    Subscriptions subscriptions = session.get(Subscriptions.SLOT);
    long bytes =
        OBJECTS_BYTES
            + link.pendingOutputBytes()
            + session.reply().output().capacity()
            + link.pendingInputBytes()
            + link.freeInputBytes();
    if (transaction != null) {
      bytes += transaction.queuedBytes() + (long) transaction.watchedCount() * ENTRY_BYTES;
    }
    if (subscriptions != null) {
      bytes +=
          ENTRY_BYTES
              * (long)
                  (subscriptions.channels()
                      + subscriptions.patterns()
                      + subscriptions.shardChannels());
    }
    return bytes;
  }

  /** Returns what all clients take. */
  public long sum() {
    return replicas + others;
  }
}
