package io.hashslot.differential;

import java.util.List;

/** Requests of the commands on whole databases. */
final class DatabaseStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("DBSIZE"),
        new Shape("FLUSHALL [SYNC|ASYNC|$junk]"),
        new Shape("FLUSHDB [SYNC|ASYNC|$junk]"),
        new Shape("SWAPDB $database $database"));
  }
}
