package io.hashslot.bus.core;

import io.hashslot.slot.SlotSet;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster state machine of one node. Events in, ordered {@link Effects} out. Single-threaded:
 * the caller owns the thread, the clocks and the sockets.
 */
public final class ClusterCore {
  /** How often {@link #onTick} is to be called, in milliseconds. */
  public static final long TICK_MS = 100;

  private ClusterCore() {}

  /**
   * A core.
   *
   * @param config settings
   * @param random the only source of chance
   * @param restored what an earlier life left in nodes.conf; null for a new node
   */
  public static ClusterCore create(
      ClusterConfig config, RandomGenerator random, @Nullable DurableState restored) {
    throw new UnsupportedOperationException();
  }

  /** First event: writes the state down, publishes the first view, follows the known primary. */
  public void onStart(Moment at, Effects out) {}

  /**
   * The data set is loaded: slots with keys that belong to nobody become mine, keys of slots of
   * others are deleted.
   */
  public void onDataLoaded(SlotSet slotsWithKeys, Moment at, Effects out) {}

  /**
   * A peer has connected.
   *
   * @param localIp address of our end as text
   * @param remoteIp address of the other end as text
   * @return the number of the link from now on
   */
  public int accept(String localIp, String remoteIp, Moment at) {
    throw new UnsupportedOperationException();
  }

  /**
   * An outbound link is connected.
   *
   * @param localIp address of our end as text
   */
  public void onLinkUp(int link, String localIp, Moment at, Effects out) {}

  /** A link broke, was closed by the peer or could not be opened. */
  public void onLinkDown(int link, Moment at, Effects out) {}

  /**
   * A frame, delimited by magic and length. It may be invalid in any other way.
   *
   * @param buffer holds the frame; free again when the call returns
   * @param offset of its first byte
   * @param length in bytes, at least that of a light header
   */
  public void onFrame(
      int link, DirectBuffer buffer, int offset, int length, Moment at, Effects out) {}

  /** To be called every {@link #TICK_MS}. */
  public void onTick(Moment at, Effects out) {}

  /**
   * The replication offset moved. To be called soon after it did while {@link #watchesOffset()}; a
   * cooperative failover waits for it.
   */
  public void onOffset(Moment at, Effects out) {}

  /** Whether {@link #onOffset} matters now. */
  public boolean watchesOffset() {
    return false;
  }

  /**
   * A client's request.
   *
   * @param token returned in the {@link Effect.Reply}
   */
  public void onRequest(long token, ClusterRequest request, Moment at, Effects out) {}

  /** The settings changed. */
  public void onConfig(ClusterConfig config, Moment at, Effects out) {}

  /** What must survive a restart, now. */
  public DurableState snapshot() {
    throw new UnsupportedOperationException();
  }

  /** The last view published. */
  public ClusterView view() {
    throw new UnsupportedOperationException();
  }
}
