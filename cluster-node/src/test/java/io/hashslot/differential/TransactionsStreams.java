package io.hashslot.differential;

import java.util.List;

/** Requests of transactions; whatever comes between MULTI and EXEC is queued. */
final class TransactionsStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("DISCARD"),
        new Shape("EXEC"),
        new Shape("EXEC"),
        new Shape("EXEC"),
        new Shape("MULTI"),
        new Shape("MULTI"),
        new Shape("UNWATCH"),
        new Shape("WATCH $key..."));
  }
}
