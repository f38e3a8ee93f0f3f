package io.hashslot.bus.wire;

import java.util.StringJoiner;

/**
 * The flags of a node as they stand in headers, in gossip and, by name, in CLUSTER NODES and
 * nodes.conf. Unsigned 16 bits; bits that are not listed must be tolerated.
 */
public final class NodeFlags {
  public static final int PRIMARY = 0x0001;
  public static final int REPLICA = 0x0002;

  /** The writer of the record suspects the node. */
  public static final int PFAIL = 0x0004;

  /** The cluster has agreed that the node has failed. */
  public static final int FAIL = 0x0008;

  /** The node is the one that writes the record. */
  public static final int MYSELF = 0x0010;

  /** The node's real id is not known yet. */
  public static final int HANDSHAKE = 0x0020;

  /** The node has no usable address. */
  public static final int NOADDR = 0x0040;

  /** The first frame on a connection to the node has to be a MEET. Valkey 8 leaks it in gossip. */
  public static final int MEET = 0x0080;

  /** A primary that replicas without enough work may move to. */
  public static final int MIGRATE_TO = 0x0100;

  /** A replica that is configured never to take over. */
  public static final int NOFAILOVER = 0x0200;

  /** The node understands extensions (Valkey 8). Travels in gossip, never in a header. */
  public static final int EXTENSIONS_SUPPORTED = 0x0400;

  /** The node accepts PUBLISH and PUBLISHSHARD with the light header (Valkey 8). */
  public static final int LIGHT_HEADER = 0x0800;

  /**
   * The node is a replica and finds that its primary has failed (later Valkeys; Valkey 8.0.1 and
   * Redis 7.0.15 never set it, and do not mind it).
   */
  public static final int SEES_PRIMARY_FAILED = 0x2000;

  /** The bits that have a name in texts, in the order in which they are printed. */
  private static final int[] NAMED = {
    MYSELF, PRIMARY, REPLICA, PFAIL, FAIL, HANDSHAKE, NOADDR, NOFAILOVER
  };

  private static final String[] NAMES = {
    "myself", "master", "slave", "fail?", "fail", "handshake", "noaddr", "nofailover"
  };

  private static final String NONE = "noflags";

  private NodeFlags() {}

  /**
   * The names of the flags as CLUSTER NODES and nodes.conf have them, e.g. {@code myself,master}.
   */
  public static String text(int flags) {
    StringJoiner names = new StringJoiner(",").setEmptyValue(NONE);
    for (int i = 0; i < NAMED.length; i++) {
      if ((flags & NAMED[i]) != 0) {
        names.add(NAMES[i]);
      }
    }
    return names.toString();
  }

  /**
   * The flags with the names in a comma-separated list.
   *
   * @throws IllegalArgumentException if a name is unknown
   */
  public static int parse(String text) {
    int flags = 0;
    for (String name : text.split(",", -1)) {
      flags |= name.equals(NONE) ? 0 : flag(name);
    }
    return flags;
  }

  private static int flag(String name) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equals(name)) {
        return NAMED[i];
      }
    }
    throw new IllegalArgumentException("unknown node flag '" + name + "'");
  }
}
