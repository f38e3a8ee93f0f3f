package io.hashslot.cluster;

import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the targets of MIGRATE, kept for the next keys: at most {@value #MOST} of them,
 * each closed when it was idle for {@value #IDLE_MS} ms (both as in Redis). Only one MIGRATE uses
 * them at a time; any thread may.
 */
public final class MigrationLinks implements AutoCloseable {
  /** In place of a database: which one is selected is not known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private static final int MOST = 64;
  private static final long IDLE_MS = 10_000;

  /** A connection and the database that was last selected there. */
  public static final class Link {
    private final Endpoint to;
    private final RespConnection connection;

    /** Not known at first: the same bytes go out on a fresh connection as from Redis. */
    private long selected = UNKNOWN;

    private long usedAtMs;

    /** Whether a MIGRATE waits for it, which may take longer than idle connections are kept. */
    private boolean lent;

    private Link(Endpoint to, RespConnection connection) {
      this.to = to;
      this.connection = connection;
    }

    /** The connection. */
    public RespConnection connection() {
      return connection;
    }

    /** The database selected at the other end, {@link #UNKNOWN} at first. */
    public long selected() {
      return selected;
    }

    /** Remembers the database selected at the other end, or {@link #UNKNOWN}. */
    public void selected(long database) {
      selected = database;
    }
  }

  private final Map<Endpoint, Link> links = new LinkedHashMap<>();
  private final Clock clock;
  private final Supplier<ConnectOptions> options;

  /**
   * Keeps connections.
   *
   * @param options how a new one is made, asked for each; they introduce nobody
   */
  public MigrationLinks(Clock clock, Supplier<ConnectOptions> options) {
    this.clock = clock;
    this.options = options;
  }

  /**
   * Lends a connection, a kept one if there is one, until {@link #giveBack} or {@link #close}.
   *
   * @param timeoutMs for connecting, and for each wait for bytes of a reply
   */
  public Link open(Endpoint to, int timeoutMs) throws IOException {
    Link link = kept(to);
    if (link == null) {
      // Without the monitor: connecting may take as long as it likes.
      ConnectOptions now = options.get().withTimeoutsMs(timeoutMs, timeoutMs);
      link = new Link(to, RespConnection.open(to, now));
      keep(link);
    }
    link.connection.setReadTimeoutMs(timeoutMs);
    return link;
  }

  private synchronized @Nullable Link kept(Endpoint to) {
    Link link = links.get(to);
    if (link != null) {
      link.lent = true;
    }
    return link;
  }

  private synchronized void keep(Link link) {
    link.lent = true;
    if (links.size() == MOST) {
      close(links.values().iterator().next());
    }
    Link before = links.put(link.to, link);
    if (before != null) {
      before.connection.close();
    }
  }

  private long nowMs() {
    return clock.monotonicNs() / 1_000_000;
  }

  /** Keeps a connection for the next keys, if it has not been closed. */
  public synchronized void giveBack(Link link) {
    link.lent = false;
    link.usedAtMs = nowMs();
  }

  /** Closes a connection that has failed. */
  public synchronized void close(Link link) {
    links.remove(link.to, link);
    link.connection.close();
  }

  /** Closes what has not been used for a while; to be called now and then. */
  public synchronized void closeIdle() {
    long nowMs = nowMs();
    for (Iterator<Link> each = links.values().iterator(); each.hasNext(); ) {
      Link link = each.next();
      if (!link.lent && nowMs - link.usedAtMs > IDLE_MS) {
        link.connection.close();
        each.remove();
      }
    }
  }

  /** How many connections are kept. */
  public synchronized int count() {
    return links.size();
  }

  @Override
  public synchronized void close() {
    for (Link link : links.values()) {
      link.connection.close();
    }
    links.clear();
  }
}
