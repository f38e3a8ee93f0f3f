package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.peer.Ports;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Requests that come in pieces are answered as those that come whole. */
class PiecesIT {
  private static Node node;
  private static Server server;

  @BeforeContainer
  static void start() throws Exception {
    int port = Ports.next();
    List<String> words =
        new ArrayList<>(List.of("--save", "", "--port", "" + port, "--dir", "target"));
    words.addAll(Pair.SMALL_FORMS);
    node = Node.start(Config.of(words.toArray(String[]::new)));
    server = new Server(port);
  }

  @AfterContainer
  static void stop() throws IOException {
    server.close();
    node.close();
  }

  @Property(tries = 200)
  void piecesAreAnsweredAsTheWhole(@ForAll("streams") List<Step> stream, @ForAll long seed)
      throws IOException {
    long nowMs = Clock.system().wallMs();
    List<String> whole = replies(stream, nowMs, null);
    assertThat(replies(stream, nowMs, new Random(seed)))
        .as("in pieces by seed %d: %s", seed, stream)
        .isEqualTo(whole);
  }

  private static List<String> replies(List<Step> stream, long nowMs, Random pieces)
      throws IOException {
    server.run("RESET");
    server.run("FLUSHALL");
    List<RawReply> replies = pieces == null ? server.run(stream) : server.run(stream, pieces);
    return new Comparison(nowMs).lines(stream, replies);
  }

  /** What has no chance in its replies. */
  @Provide
  Arbitrary<List<Step>> streams() {
    List<Shape> shapes = new ArrayList<>(new StringStreams().shapes());
    shapes.addAll(new HashStreams().shapes());
    shapes.addAll(new ListStreams().shapes());
    shapes.addAll(new SortedSetStreams().shapes());
    return Arbitraries.of(shapes).flatMap(Shape::steps).list().ofMinSize(1).ofMaxSize(60);
  }
}
