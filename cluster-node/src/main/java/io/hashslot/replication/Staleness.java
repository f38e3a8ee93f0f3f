package io.hashslot.replication;

import io.hashslot.dispatch.NodeState;
import io.hashslot.journal.Journal;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the age of what a replica shows, while {@code replica-max-staleness} asks for it: asks the
 * primary again and again for its offset, on a connection and a thread of its own, and tells the
 * gate of requests until when the data counts as fresh. {@link Freshness} says why that is right.
 *
 * <p>The primary may be any server that answers INFO; the user that the replica logs in as must be
 * allowed to ask. Whatever goes wrong makes the data older, never younger.
 */
final class Staleness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Staleness.class);
  private static final long SHORTEST_PERIOD_MS = 10;
  private static final long LONGEST_PERIOD_MS = 1000;
  private static final int SHORTEST_TIMEOUT_MS = 1000;

  private final Journal journal;
  private final NodeState state;
  private final ReplicationSettings settings;
  private final Clock clock;
  private final ReplicationLoop loop;
  private final Roles roles;
  private final Freshness freshness = new Freshness();
  private @Nullable Thread asking;
  private @Nullable String freshHistory;
  private volatile boolean known;
  private volatile long freshAtNs;
  private volatile boolean closed;

  Staleness(Replication.Parts parts, ReplicationLoop loop, Roles roles) {
    journal = parts.journal();
    state = parts.state();
    settings = parts.settings();
    clock = parts.clock();
    this.loop = loop;
    this.roles = roles;
    forgetAge();
  }

  /** Whether there is a bound that this server has to keep. Any thread. */
  boolean bounded() {
    return settings.maxStalenessMs() > 0 && roles.isReplica();
  }

  /** How old the data may be, in milliseconds; -1 if unknown. Any thread. */
  long ageMs() {
    return known ? Math.max(0, clock.monotonicNs() - freshAtNs) / 1_000_000 : -1;
  }

  /** Several times a second on the replication loop. */
  void tick() {
    if (!bounded()) {
      forgetAge();
      return;
    }
    if (asking == null) {
      asking = Thread.ofPlatform().name("staleness").daemon().start(this::ask);
    }
    forgetIfReplaced();
    freshness.applied(journal.end());
    publish();
  }

  /**
   * Nothing is known. If there is a bound, a server that becomes a replica shows nothing from that
   * moment on, not only from the next tick.
   */
  private void forgetAge() {
    freshness.forget();
    known = false;
    if (settings.maxStalenessMs() > 0) {
      state.freshUntil(clock.monotonicNs() - 1);
    } else {
      state.anyAge();
    }
  }

  /** After a full synchronisation what was known of the data before says nothing. */
  private void forgetIfReplaced() {
    if (!roles.history().id().equals(freshHistory) || !roles.upstream().positionKnown()) {
      freshHistory = roles.history().id();
      freshness.forget();
    }
  }

  private void publish() {
    freshAtNs = freshness.freshAtNs();
    known = freshness.known();
    long boundNs = Math.min(settings.maxStalenessMs(), Integer.MAX_VALUE) * 1_000_000;
    state.freshUntil(known ? freshAtNs + boundNs : clock.monotonicNs() - 1);
  }

  private void answered(long askedAtNs, PrimaryReport report) {
    if (bounded() && roles.upstream().connected()) {
      forgetIfReplaced();
      if (report.historyId().equals(freshHistory) && report.ageMs() != Freshness.UNKNOWN) {
        freshness.answered(askedAtNs, report.offset(), report.ageMs(), journal.end());
      }
      publish();
    }
  }

  // On a thread of its own

  private void ask() {
    boolean complained = false;
    while (!closed) {
      PrimaryEndpoint primary = roles.primary();
      if (bounded() && primary != null) {
        try {
          askAgainAndAgain(primary);
          complained = false;
        } catch (IOException | RuntimeException problem) {
          if (!complained) {
            LOG.warn(
                "Cannot ask {} how fresh our data is: {}", primary.address(), problem.toString());
            complained = true;
          }
        }
      }
      pause(Math.min(periodMs() * 2, LONGEST_PERIOD_MS));
    }
  }

  private void askAgainAndAgain(PrimaryEndpoint primary) throws IOException {
    int timeoutMs = (int) Math.max(SHORTEST_TIMEOUT_MS, 2 * periodMs());
    ConnectOptions options = settings.connecting().withTimeoutsMs(timeoutMs, timeoutMs);
    try (RespConnection connection =
        RespConnection.open(new Endpoint(primary.host(), primary.port()), options)) {
      while (!closed && bounded() && primary.equals(roles.primary())) {
        long askedAtNs = clock.monotonicNs();
        PrimaryReport report = report(connection.call("INFO", "replication"));
        loop.execute(() -> answered(askedAtNs, report));
        pause(periodMs());
      }
    }
  }

  private static PrimaryReport report(Reply reply) throws IOException {
    PrimaryReport report =
        switch (reply) {
          case Reply.Bulk bulk ->
              PrimaryReport.parse(new String(bulk.bytes(), StandardCharsets.UTF_8));
          case Reply.Failure failure -> throw new IOException(failure.text());
          default -> null;
        };
    if (report == null) {
      throw new IOException("unusable answer to INFO");
    }
    return report;
  }

  /** Several questions in the time that is allowed, so that one that is lost does no harm. */
  private long periodMs() {
    return Math.clamp(settings.maxStalenessMs() / 4, SHORTEST_PERIOD_MS, LONGEST_PERIOD_MS);
  }

  private static void pause(long ms) {
    LockSupport.parkNanos(ms * 1_000_000);
  }

  @Override
  public void close() {
    closed = true;
    Thread mine = asking;
    if (mine != null) {
      LockSupport.unpark(mine);
    }
  }
}
