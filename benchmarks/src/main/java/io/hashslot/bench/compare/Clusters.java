package io.hashslot.bench.compare;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The clusters of two nodes of a comparison, on ports of their own. Closing ends them all. */
final class Clusters implements AutoCloseable {
  private final ServerSettings settings;
  private final Path base;
  private final Clock clock;
  private final List<TwoNodes> all = new ArrayList<>();

  /**
   * None yet.
   *
   * @param base folder for those of the nodes
   */
  Clusters(ServerSettings settings, Path base, Clock clock) {
    this.settings = settings;
    this.base = base;
    this.clock = clock;
  }

  /** Starts one more, as {@link TwoNodes#primaries}. */
  TwoNodes primaries(ServerSpec spec) throws IOException, InterruptedException {
    return kept(TwoNodes.primaries(settings, spec, 2 * all.size(), base, clock));
  }

  /** Starts one more, as {@link TwoNodes#withReplica}. */
  TwoNodes withReplica(ServerSpec spec) throws IOException, InterruptedException {
    return kept(TwoNodes.withReplica(settings, spec, 2 * all.size(), base, clock));
  }

  private TwoNodes kept(TwoNodes cluster) {
    all.add(cluster);
    return cluster;
  }

  @Override
  public void close() {
    all.forEach(TwoNodes::close);
  }
}
