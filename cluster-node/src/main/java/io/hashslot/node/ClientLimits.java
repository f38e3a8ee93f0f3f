package io.hashslot.node;

import io.hashslot.config.ClientDirectives;
import io.hashslot.config.Config;
import io.hashslot.net.BufferLimits;
import io.hashslot.observe.Statistics;
import io.hashslot.session.Session;
import io.hashslot.time.Clock;

/** {@code client-output-buffer-limit} and {@code client-query-buffer-limit}, as sockets ask. */
final class ClientLimits implements BufferLimits {
  private final Config config;
  private final Statistics statistics;
  private final Clock clock;

  ClientLimits(Config config, Statistics statistics, Clock clock) {
    this.config = config;
    this.statistics = statistics;
    this.clock = clock;
  }

  @Override
  public Limit of(Session session) {
    io.hashslot.config.OutputLimits all = config.get(ClientDirectives.CLIENT_OUTPUT_BUFFER_LIMIT);
    io.hashslot.config.OutputLimits.Limit limit =
        session.replicaLink() ? all.replica() : session.subscriber() ? all.pubsub() : all.normal();
    return new Limit(limit.hardBytes(), limit.softBytes(), limit.softSeconds() * 1000);
  }

  @Override
  public long inputBytes() {
    return config.get(ClientDirectives.CLIENT_QUERY_BUFFER_LIMIT);
  }

  @Override
  public void tooMuchInput() {
    statistics.tooMuchInput();
  }

  @Override
  public void tooMuchOutput() {
    statistics.tooMuchOutput();
  }

  @Override
  public long nowMs() {
    return clock.monotonicNs() / 1_000_000;
  }
}
