package io.hashslot.differential;

import java.util.List;

/** Requests of publishers, and questions about subscribers, of whom there are none. */
final class PubsubStreams implements Streams {
  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("PUBLISH $key $value"),
        new Shape("PUBSUB CHANNELS [$glob]"),
        new Shape("PUBSUB HELP", Normal.KIND),
        new Shape("PUBSUB NUMPAT"),
        new Shape("PUBSUB NUMSUB $key..."),
        new Shape("PUBSUB NUMSUB"),
        new Shape("PUBSUB SHARDCHANNELS [$glob]"),
        new Shape("PUBSUB SHARDNUMSUB $key..."),
        new Shape("SPUBLISH $key $value"));
  }
}
