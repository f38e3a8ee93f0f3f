package io.hashslot.replication;

import org.jspecify.annotations.Nullable;

/**
 * What a connection has told with REPLCONF before it became a replica. Belongs to the connection's
 * loop.
 */
public final class ReplicaProfile {
  private int listeningPort;
  private @Nullable String announcedIp;
  private boolean understandsEof;
  private boolean understandsPsync2;
  private boolean snapshotOnly;
  private @Nullable String version;
  private boolean filtered;
  private boolean withoutFunctions;

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

  /** Whether it wants the snapshot and nothing after it. */
  public boolean snapshotOnly() {
    return snapshotOnly;
  }

  /** Whether it wants a snapshot without data ({@code rdb-filter-only}). */
  public boolean filtered() {
    return filtered;
  }

  /** Whether even functions are filtered out. */
  public boolean withoutFunctions() {
    return withoutFunctions;
  }

  /** Version it announced, null if none. */
  public @Nullable String version() {
    return version;
  }

  void listeningPort(int port) {
    listeningPort = port;
  }

  void announcedIp(String ip) {
    announcedIp = ip;
  }

  /** Notes a capability; unknown ones are not an error. */
  void capability(String name) {
    if (name.equalsIgnoreCase("eof")) {
      understandsEof = true;
    } else if (name.equalsIgnoreCase("psync2")) {
      understandsPsync2 = true;
    }
  }

  void snapshotOnly(boolean only) {
    snapshotOnly = only;
  }

  void filter(boolean keepFunctions) {
    filtered = true;
    withoutFunctions = !keepFunctions;
  }

  void version(String text) {
    version = text;
  }
}
