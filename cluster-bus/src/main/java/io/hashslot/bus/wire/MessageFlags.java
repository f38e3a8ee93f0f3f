package io.hashslot.bus.wire;

/**
 * The flags of a single frame: the first of the three mflags bytes. The other two are 0 in the
 * frames of Redis and Valkey, which do not read them; the third says {@link #OUR_MARK} in ours.
 */
public final class MessageFlags {
  /** The sender is a primary inside a manual failover and has paused its clients. */
  public static final int PAUSED = 0x01;

  /** Vote although the primary has not failed: the election belongs to a manual failover. */
  public static final int FORCE_ACK = 0x02;

  /** The frame may end with extensions, and its sender understands extensions. */
  public static final int EXTENSION_DATA = 0x04;

  /** {@code H}: the sender is a Hashslot node and understands what only those say to each other. */
  static final int OUR_MARK = 'H';

  private MessageFlags() {}
}
