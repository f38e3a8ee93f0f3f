package io.hashslot.node;

import io.hashslot.config.ClientDirectives;
import io.hashslot.config.Config;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code timeout}: disconnects clients that sent nothing for so long. Replication links,
 * subscribers and clients that wait for something are let be.
 */
final class IdleClients {
  private static final Logger LOG = LoggerFactory.getLogger(IdleClients.class);
  private static final long EVERY_MS = 1_000;

  private final Config config;
  private final Sessions sessions;
  private long nextMs;

  IdleClients(Config config, Sessions sessions) {
    this.config = config;
    this.sessions = sessions;
  }

  /** Looks at all clients if it is time to; called by one loop, with its time. */
  void sweep(long nowMs) {
    long limitMs = config.get(ClientDirectives.TIMEOUT) * 1_000;
    if (limitMs == 0 || nowMs < nextMs && nextMs - nowMs <= EVERY_MS) {
      return;
    }
    nextMs = nowMs + EVERY_MS;
    for (Session session : sessions.all()) {
      if (nowMs - Math.max(session.createdMs(), session.lastActiveMs()) > limitMs) {
        session.loop().execute(() -> closeIfStillIdle(session, nowMs - limitMs));
      }
    }
  }

  private static void closeIfStillIdle(Session session, long sinceMs) {
    boolean exempt =
        session.replicaLink()
            || session.applied()
            || session.subscriber()
            || session.isWaiting()
            || session.closed();
    if (!exempt && Math.max(session.createdMs(), session.lastActiveMs()) < sinceMs) {
      LOG.debug("Closing idle client id={} addr={}", session.id(), session.link().peer());
      session.link().closeNow();
    }
  }
}
