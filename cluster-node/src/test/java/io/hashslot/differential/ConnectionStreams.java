package io.hashslot.differential;

import java.util.List;

/** Requests of the commands about the connection. */
final class ConnectionStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("ECHO $value"),
        new Shape("PING [$value]"),
        new Shape("PING $value $value"),
        new Shape("SELECT $database"),
        new Shape("SELECT 0"));
  }
}
