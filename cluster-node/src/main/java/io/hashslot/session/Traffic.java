package io.hashslot.session;

/**
 * What has gone over one link. Written by the link's loop alone, without fences; whoever reads from
 * another thread sees figures of a moment ago.
 */
public final class Traffic {
  private long bytesIn;
  private long bytesOut;
  private long reads;
  private long writes;
  private long commands;

  /** Notes bytes that were read from the peer. */
  public void read(int bytes) {
    bytesIn += bytes;
    reads++;
  }

  /** Notes bytes that are sent to the peer. */
  public void wrote(int bytes) {
    bytesOut += bytes;
    writes++;
  }

  /** Takes away what had gone over a link at some time before. */
  void subtract(Traffic before) {
    bytesIn -= before.bytesIn;
    bytesOut -= before.bytesOut;
    reads -= before.reads;
    writes -= before.writes;
    commands -= before.commands;
  }

  /** Notes that the peer has sent a command. */
  public void command() {
    commands++;
  }

  /** Returns how many commands the peer has sent. */
  public long commands() {
    return commands;
  }

  /** Adds what has gone over another link. */
  public void add(Traffic other) {
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
    reads += other.reads;
    writes += other.writes;
    commands += other.commands;
  }

  /** Returns all bytes read from the peer so far. */
  public long bytesIn() {
    return bytesIn;
  }

  /** Returns all bytes sent to the peer so far. */
  public long bytesOut() {
    return bytesOut;
  }

  /** Returns how often something was read from the peer. */
  public long reads() {
    return reads;
  }

  /** Returns how often something was sent to the peer. */
  public long writes() {
    return writes;
  }
}
