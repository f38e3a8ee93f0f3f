package io.hashslot.replication;

import io.hashslot.session.SessionSlot;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has told with REPLCONF before it became a replica. Belongs to the connection's
 * loop.
 */
public final class ReplicaProfile {
  /** Where a session keeps its profile. */
  public static final SessionSlot<ReplicaProfile> SLOT = new SessionSlot<>();

  /** There is no connection of this number. */
  static final long NO_CLIENT = -1;

  /**
   * With this capability a replica says which node of the cluster it is, and that it understands
   * {@link AckRule}s; others ignore it.
   */
  static final String NODE_CAPABILITY = "hashslot-node=";

  /** What is left out of the snapshot. */
  public enum Filter {
    NONE,
    /** Function libraries are all it wants. */
    ALL_BUT_FUNCTIONS,
    EVERYTHING
  }

  private Filter filter = Filter.NONE;
  private int listeningPort;
  private @Nullable String announcedIp;
  private boolean understandsEof;
  private boolean understandsPsync2;
  private boolean understandsDualChannel;
  private boolean snapshotOnly;
  private boolean snapshotChannel;
  private long snapshotClient = NO_CLIENT;
  private @Nullable String version;
  private @Nullable String node;

  /** Port the replica listens on, 0 if it did not say. */
  public int listeningPort() {
    return listeningPort;
  }

  /** Address it wants to be known by, null: the one it connects from. */
  public @Nullable String announcedIp() {
    return announcedIp;
  }

  /** Whether it can receive a snapshot of unknown length. */
  public boolean understandsEof() {
    return understandsEof;
  }

  /** Whether {@code +CONTINUE} may name a new history. */
  public boolean understandsPsync2() {
    return understandsPsync2;
  }

  /** Whether its snapshot may come over a connection of its own. */
  public boolean understandsDualChannel() {
    return understandsDualChannel;
  }

  /** Whether it understands all that another one does. */
  boolean understandsAllOf(ReplicaProfile other) {
    return (understandsEof || !other.understandsEof)
        && (understandsPsync2 || !other.understandsPsync2)
        && (understandsDualChannel || !other.understandsDualChannel);
  }

  /** Whether this is that connection. */
  public boolean snapshotChannel() {
    return snapshotChannel;
  }

  /** Number of the connection over which its snapshot comes, {@link #NO_CLIENT} if none does. */
  public long snapshotClient() {
    return snapshotClient;
  }

  /** Whether it wants the snapshot and nothing after it. */
  public boolean snapshotOnly() {
    return snapshotOnly;
  }

  /** What it does not want in the snapshot. */
  public Filter filter() {
    return filter;
  }

  /** Notes what is not wanted in the snapshot. */
  public void filter(Filter leftOut) {
    filter = leftOut;
  }

  /** Version it announced, null if none. */
  public @Nullable String version() {
    return version;
  }

  /** Notes the port. */
  public void listeningPort(int port) {
    listeningPort = port;
  }

  /** Notes the address. */
  public void announcedIp(String ip) {
    announcedIp = ip;
  }

  /** Notes a capability; unknown ones are not an error. */
  public void capability(String name) {
    if (name.equalsIgnoreCase("eof")) {
      understandsEof = true;
    } else if (name.equalsIgnoreCase("psync2")) {
      understandsPsync2 = true;
    } else if (name.equalsIgnoreCase("dual-channel")) {
      understandsDualChannel = true;
    } else if (name.startsWith(NODE_CAPABILITY)) {
      node = name.substring(NODE_CAPABILITY.length());
    }
  }

  /** Which node of the cluster it is, if it understands {@link AckRule}s; null if not. */
  @Nullable String node() {
    return node;
  }

  /** Notes whether only a snapshot comes here, and the stream over another connection. */
  public void snapshotChannel(boolean alone) {
    snapshotChannel = alone;
  }

  /** Notes over which connection the snapshot comes. */
  public void snapshotClient(long id) {
    snapshotClient = id;
  }

  /** Notes whether nothing is wanted after the snapshot. */
  public void snapshotOnly(boolean only) {
    snapshotOnly = only;
  }

  /** Notes the version. */
  public void version(String text) {
    version = text;
  }
}
