package io.hashslot.node;

import io.hashslot.config.ClientDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.dispatch.ClientMemory;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.observe.Statistics;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code maxmemory-clients}: disconnects those clients that take the most memory, until the others
 * together take less than the limit. Links to and from other servers neither count nor go; clients
 * that asked for it ({@code CLIENT NO-EVICT}) count, but do not go. Also adds up what all clients
 * take, for {@code maxmemory}.
 */
final class ClientEviction {
  private static final Logger LOG = LoggerFactory.getLogger(ClientEviction.class);

  private record Candidate(Session session, long bytes) {}

  private final Config config;
  private final Sessions sessions;
  private final MemoryLimit memory;
  private final Statistics statistics;

  /** Those who were told to go, and are not gone yet. */
  private final Set<Session> going = new HashSet<>();

  ClientEviction(Config config, Sessions sessions, MemoryLimit memory, Statistics statistics) {
    this.config = config;
    this.sessions = sessions;
    this.memory = memory;
    this.statistics = statistics;
  }

  /** Returns what clients may take together, in bytes; 0 if there is no limit. */
  private long limitBytes() {
    long setting = config.get(ClientDirectives.MAXMEMORY_CLIENTS);
    // Below zero it is a share of maxmemory, in percent.
    return setting < 0
        ? (long) (config.get(MemoryDirectives.MAXMEMORY) / 100.0 * -setting)
        : setting;
  }

  /** Tells whether there is a limit. */
  boolean limited() {
    return limitBytes() > 0;
  }

  /** Looks at all clients, if anybody wants to know; called by one loop, now and then. */
  void sweep() {
    long limit = limitBytes();
    if (limit == 0 && memory.limitBytes() == 0) {
      return;
    }
    long all = 0;
    long counted = 0;
    List<Candidate> candidates = new ArrayList<>();
    going.removeIf(Session::closed);
    for (Session session : sessions.all()) {
      long bytes = ClientMemory.of(session);
      all += bytes;
      if (!session.replicaLink() && !session.applied() && !going.contains(session)) {
        counted += bytes;
        if (limit > 0 && !session.noEvict()) {
          candidates.add(new Candidate(session, bytes));
        }
      }
    }
    memory.clientBytes(all);
    if (limit > 0 && counted >= limit) {
      evict(candidates, counted - limit);
    }
  }

  private void evict(List<Candidate> candidates, long tooMuch) {
    candidates.sort(Comparator.comparingLong(Candidate::bytes).reversed());
    long left = tooMuch;
    for (Candidate one : candidates) {
      if (left < 0) {
        return;
      }
      LOG.info(
          "Evicting client id={} addr={}, which takes {} bytes",
          one.session.id(),
          one.session.link().peer(),
          one.bytes);
      one.session.loop().execute(one.session.link()::closeNow);
      going.add(one.session);
      statistics.evictedClient();
      left -= one.bytes;
    }
  }
}
