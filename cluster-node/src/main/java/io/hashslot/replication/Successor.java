package io.hashslot.replication;

/** Hears how a replica answers that is asked to take over the role of the primary. */
interface Successor {
  /** It has the role now, and we are its replica. */
  void accepted();

  /** It has been asked, and has not taken over. */
  void refused(String reason);
}
