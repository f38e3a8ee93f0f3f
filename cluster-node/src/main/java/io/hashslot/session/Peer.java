package io.hashslot.session;

/** Who is at the other end of a session. */
public enum Peer {
  /** A client. */
  CLIENT,

  /** A replica of ours. */
  REPLICA,

  /** Our primary: its commands are applied, not answered. */
  PRIMARY,

  /**
   * Another primary that sends the data of slots which shall come here: its commands are applied,
   * not answered.
   */
  SLOT_SOURCE
}
