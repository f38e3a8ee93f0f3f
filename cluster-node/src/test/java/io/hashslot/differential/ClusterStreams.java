package io.hashslot.differential;

import java.util.List;

/** Requests of the commands of clusters, to a node that is in none. */
final class ClusterStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("ASKING"),
        new Shape("CLUSTER INFO"),
        new Shape("CLUSTER KEYSLOT $key"),
        new Shape("CLUSTER MYID"),
        new Shape("CLUSTER NODES"),
        new Shape("CLUSTER SLOTS"),
        new Shape("READONLY"),
        new Shape("READWRITE"));
  }
}
