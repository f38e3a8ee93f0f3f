package io.hashslot.bus.link;

import java.util.List;
import java.util.function.Supplier;

/**
 * How the bus meets the network.
 *
 * @param bindAddresses names or addresses to listen on, with a {@code -} in front if it does no
 *     harm when one cannot be had; empty = all addresses
 * @param port bus port to listen on; 0 = any free one
 * @param sourceAddress tells the address that outbound connections are to come from ({@code
 *     bind-source-addr}, {@link io.hashslot.socket.SourceAddress}), asked for each; empty = as the
 *     system chooses. Peers take it for our address unless one is announced
 * @param maxFrameBytes longest frame accepted; a longer one closes the link
 * @param tls what encrypts the links
 */
public record BusOptions(
    List<String> bindAddresses,
    int port,
    Supplier<String> sourceAddress,
    int maxFrameBytes,
    BusTls tls) {

  /** Longest frame accepted whatever the heap. */
  private static final int LARGEST_FRAME = 1 << 30;

  /**
   * A frame is copied to the heap once for the subscribers: a quarter of it leaves room for more.
   */
  private static final int HEAP_SHARE = 4;

  /** Plain TCP on one address, frames up to a quarter of the heap. */
  public static BusOptions plain(String bindAddress, int port) {
    return new BusOptions(
        List.of(bindAddress), port, () -> "", defaultMaxFrameBytes(), BusTls.NONE);
  }

  /** A quarter of the heap, at most 1 GiB. The C servers have no limit but their memory. */
  public static int defaultMaxFrameBytes() {
    return (int) Math.min(LARGEST_FRAME, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }
}
