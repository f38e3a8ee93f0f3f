package io.hashslot.node;

import io.hashslot.cluster.ReplicationSeat;
import org.slf4j.LoggerFactory;

/** Replication of a server that has none. */
final class SoloSeat implements ReplicationSeat {
  @Override
  public void follow(String ip, int port, boolean partialAllowed) {
    LoggerFactory.getLogger(SoloSeat.class).error("This server cannot follow {}:{}", ip, port);
  }

  @Override
  public void lead() {}

  @Override
  public long offset() {
    return 0;
  }

  @Override
  public boolean linkUp() {
    return false;
  }

  @Override
  public long silenceMs() {
    return Long.MAX_VALUE;
  }
}
