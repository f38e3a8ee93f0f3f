package io.hashslot.differential;

import java.util.List;

/** What requests of one group of commands look like. */
interface Streams {
  /** All groups that take part. */
  List<Streams> ALL =
      List.of(
          new BitmapStreams(),
          new ClusterStreams(),
          new ConnectionStreams(),
          new DatabaseStreams(),
          new GenericStreams(),
          new GeoStreams(),
          new HashStreams(),
          new HyperloglogStreams(),
          new ListStreams(),
          new PubsubStreams(),
          new ServerStreams(),
          new SetStreams(),
          new SortedSetStreams(),
          new StreamStreams(),
          new StringStreams(),
          new TransactionsStreams());

  /** The groups about the values of one type. */
  List<Streams> TYPES =
      List.of(
          new GeoStreams(),
          new BitmapStreams(),
          new HashStreams(),
          new HyperloglogStreams(),
          new ListStreams(),
          new SetStreams(),
          new SortedSetStreams(),
          new StreamStreams(),
          new StringStreams());

  /** The shapes; those that stand several times come so much more often. */
  List<Shape> shapes();
}
