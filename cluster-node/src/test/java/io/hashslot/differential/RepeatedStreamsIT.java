package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * A valkey-server that follows us holds the same data after any stream of requests: what we repeat
 * for replicas says all that was done, the results of chance and absolute times included.
 */
class RepeatedStreamsIT {
  private static final int LONGEST_STREAM = 60;
  private static final String PATIENCE_MS = "60000";

  /** Requests whose replies cannot be compared, since they choose at random. */
  private static final List<Shape> RANDOM =
      List.of(
          new Shape("SPOP $key"),
          new Shape("SPOP $key [1|2|3|5]"),
          new Shape("SPOP $key $integer"));

  private static @Nullable Pair pair;

  @BeforeContainer
  static void start() throws Exception {
    Pair started = Pair.start(64);
    pair = started;
    started.follow();
    // Waiting for a replica means waiting until it has come, too.
    assertThat(started.ours().run("SET", "a", "b").head()).isEqualTo("+OK");
    assertThat(started.ours().run("WAIT", "1", PATIENCE_MS).head()).isEqualTo(":1");
  }

  @AfterContainer
  static void stop() throws IOException {
    Pair started = pair;
    if (started != null) {
      started.close();
    }
  }

  @Property(tries = 400, afterFailure = AfterFailureMode.RANDOM_SEED)
  void aReplicaHoldsTheSame(@ForAll("streams") List<Step> stream) throws IOException {
    Pair started = pair;
    assertThat(started).isNotNull();
    Server ours = started.ours();
    ours.run("RESET");
    ours.run("FLUSHALL");
    long nowMs = Clock.system().wallMs();
    List<Step> steps = new ArrayList<>(stream);
    steps.add(new Step("DISCARD"));
    ours.run(steps);
    assertThat(ours.run("WAIT", "1", PATIENCE_MS).head()).isEqualTo(":1");
    assertThat(data(started.theirs(), nowMs))
        .as("what a replica holds after %s", stream)
        .isEqualTo(data(ours, nowMs));
  }

  /**
   * Without the encodings of strings and lists: these depend on how a value has come about, and
   * what is repeated may be another command, such as SET for INCRBYFLOAT.
   */
  private static List<String> data(Server server, long nowMs) throws IOException {
    return DataSet.of(server, nowMs).stream()
        .map(line -> line.replaceAll("= \\+(string|list)\n\\$\\d\n[a-z]+\n", "= $1"))
        .toList();
  }

  @Provide
  Arbitrary<List<Step>> streams() {
    List<Shape> all = Streams.TYPES.stream().flatMap(group -> group.shapes().stream()).toList();
    return Arbitraries.of(Streams.TYPES)
        .flatMap(
            type ->
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of(type.shapes())),
                        Tuple.of(1, Arbitraries.of(RANDOM)),
                        Tuple.of(1, Arbitraries.of(new TransactionsStreams().shapes())),
                        Tuple.of(1, Arbitraries.of(new GenericStreams().shapes())),
                        Tuple.of(2, Arbitraries.of(all)))
                    .flatMap(Shape::steps)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(LONGEST_STREAM));
  }
}
