package io.hashslot.bench.load;

/** What one operation of a workload asks for. */
enum RequestKind {
  /** {@code GET key:…}: answered by the value that {@link #SET} writes to that key, or nil. */
  GET(1),
  /**
   * {@code SET key:… value}, the value being a function of the key, so that any GET can be checked.
   */
  SET(1),
  /** {@code INCR cnt:…}: its own name space, since the values of {@link #SET} are no numbers. */
  INCR(1),
  /** {@code PING}. */
  PING(1),
  /**
   * {@code SET} followed by {@code WAIT 1 1000}; the operation is over when WAIT has been answered.
   */
  WAITSET(2);

  /** How many replies answer one operation. */
  final int replies;

  RequestKind(int replies) {
    this.replies = replies;
  }
}
