package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Assertions;

/**
 * Random streams of requests give the same replies and leave the same data here and there. A
 * failing stream is cut down to the shortest that still fails, and printed with its seed. How many
 * streams are tried is {@code -Djqwik.tries.default=n}, 1000 unless given.
 */
class DifferentialIT {
  private static final int LONGEST_STREAM = 40;

  /**
   * The C servers refuse to SORT numbers if some conversion long before has left ERANGE in errno
   * (seen with valkey-server 8.0.1). A sound coordinate clears it.
   */
  private static final Step FRESH_ERRNO =
      new Step("GEOSEARCH", "nowhere", "FROMLONLAT", "0", "0", "BYRADIUS", "1", "m");

  private static final Map<Integer, Pair> PAIRS = new HashMap<>();

  private static synchronized Pair pair(int shards) {
    return PAIRS.computeIfAbsent(
        shards, _ -> Assertions.assertDoesNotThrow(() -> Pair.start(shards)));
  }

  @AfterContainer
  static void stop() throws IOException {
    for (Pair pair : PAIRS.values()) {
      pair.close();
    }
    PAIRS.clear();
  }

  @Property(afterFailure = AfterFailureMode.RANDOM_SEED)
  void sameRepliesInResp2(@ForAll("streams") List<Step> stream) throws IOException {
    compare(64, 2, stream);
  }

  @Property(afterFailure = AfterFailureMode.RANDOM_SEED)
  void sameRepliesInResp3WithOneShard(@ForAll("streams") List<Step> stream) throws IOException {
    compare(1, 3, stream);
  }

  /** Each stream is mostly about one type, so that its keys get somewhere. */
  @Provide
  Arbitrary<List<Step>> streams() {
    List<Shape> all = Streams.ALL.stream().flatMap(group -> group.shapes().stream()).toList();
    return Arbitraries.of(Streams.TYPES)
        .flatMap(
            type ->
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of(type.shapes())),
                        Tuple.of(2, Arbitraries.of(new GenericStreams().shapes())),
                        Tuple.of(2, Arbitraries.of(all)))
                    .flatMap(Shape::steps)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(LONGEST_STREAM));
  }

  private static void compare(int shards, int protocol, List<Step> stream) throws IOException {
    Pair pair = pair(shards);
    try {
      compare(pair, protocol, stream);
    } catch (IOException e) {
      // Smaller streams are tried after a failure: each must find two servers that answer.
      PAIRS.remove(shards);
      pair.close();
      throw new AssertionError(
          "%s, in %s; valkey-server, at port %d, says: %s"
              .formatted(e.getMessage(), stream, pair.oracle().port(), pair.oracle().log()),
          e);
    }
  }

  private static void compare(Pair pair, int protocol, List<Step> stream) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Step step : stream) {
      if (step.words().getFirst().startsWith("SORT")) {
        steps.add(FRESH_ERRNO);
      }
      steps.add(step);
    }
    // Whatever state the stream has left the connection in ends here.
    steps.add(new Step("DISCARD"));
    steps.add(new Step("UNWATCH"));
    Server ours = pair.ours();
    Server theirs = pair.theirs();
    for (Server server : List.of(ours, theirs)) {
      server.run("RESET");
      server.run("HELLO", "" + protocol);
      server.run("FLUSHALL");
    }
    long nowMs = Clock.system().wallMs();
    List<RawReply> expected = theirs.run(steps);
    List<RawReply> actual = ours.run(steps);
    assertThat(new Comparison(nowMs).lines(steps, actual))
        .as("replies to %s", stream)
        .isEqualTo(new Comparison(nowMs).lines(steps, expected));
    assertThat(DataSet.of(ours, nowMs))
        .as("data after %s", stream)
        .isEqualTo(DataSet.of(theirs, nowMs));
  }
}
