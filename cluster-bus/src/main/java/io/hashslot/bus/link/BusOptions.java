package io.hashslot.bus.link;

import io.netty.handler.ssl.SslContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the bus meets the network.
 *
 * @param bindAddresses IP literals to listen on; empty = all addresses
 * @param port bus port to listen on; 0 = any free one
 * @param sourceAddress IP literal outbound connections come from ({@code bind-source-addr}); null =
 *     as the system chooses. Peers take it for our address unless one is announced
 * @param maxFrameBytes longest frame accepted; a longer one closes the link
 * @param serverTls for accepted connections, with mandatory client certificates; null = plain TCP
 * @param clientTls for outbound connections; null = plain TCP
 */
public record BusOptions(
    List<String> bindAddresses,
    int port,
    @Nullable String sourceAddress,
    int maxFrameBytes,
    @Nullable SslContext serverTls,
    @Nullable SslContext clientTls) {

  /** Longest frame accepted whatever the heap. */
  private static final int LARGEST_FRAME = 1 << 30;

  /**
   * A frame is copied to the heap once for the subscribers: a quarter of it leaves room for more.
   */
  private static final int HEAP_SHARE = 4;

  /** Plain TCP on one address, frames up to a quarter of the heap. */
  public static BusOptions plain(String bindAddress, int port) {
    return new BusOptions(List.of(bindAddress), port, null, defaultMaxFrameBytes(), null, null);
  }

  /** A quarter of the heap, at most 1 GiB. The C servers have no limit but their memory. */
  public static int defaultMaxFrameBytes() {
    return (int) Math.min(LARGEST_FRAME, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }
}
