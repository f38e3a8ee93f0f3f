package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Primaries that are cut off from all other nodes, but not from their clients: in network
 * namespaces, so this needs root.
 */
@Timeout(240)
class CutOffPrimaryIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final Logger LOG = LoggerFactory.getLogger(CutOffPrimaryIT.class);
  private static final Clock CLOCK = Clock.system();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TestNetwork network;
  private volatile boolean writing = true;

  @BeforeEach
  void openNetwork() throws Exception {
    network = TestNetwork.open(7);
  }

  @AfterEach
  void closeNetwork() throws Exception {
    writing = false;
    threads.shutdownNow();
    network.close();
  }

  private ServerProcess server(Program program, int machine) {
    return SERVERS.server(
        program,
        network.places().get(machine),
        "--cluster-node-timeout",
        "2000",
        "--repl-diskless-sync-delay",
        "0",
        "--repl-backlog-size",
        "64mb");
  }

  /**
   * A client of one primary, that adds a number to a set after another, and hears no redirection.
   */
  private final class Writer {
    private final ServerProcess primary;
    private final String key;
    private final BitSet acknowledged = new BitSet();
    private final List<String> refusals = new ArrayList<>();
    private long lastAcknowledgedNs;
    private boolean acknowledgedAfterRefusal;

    private Writer(ServerProcess primary) {
      this.primary = primary;
      key = TestCluster.keysOf(primary, 1, "tail:").getFirst();
    }

    private void write() throws Exception {
      try (RespConnection connection = primary.connect()) {
        connection.setReadTimeoutMs(60_000);
        for (int i = 0; writing; i++) {
          note(i, connection.call("SADD", key, "" + i));
          TimeUnit.MILLISECONDS.sleep(1);
        }
      }
    }

    private synchronized void note(int number, Reply reply) {
      if (reply.isFailure()) {
        if (refusals.isEmpty() || !refusals.getLast().equals(reply.asText())) {
          refusals.add(reply.asText());
        }
        return;
      }
      acknowledged.set(number);
      acknowledgedAfterRefusal |= !refusals.isEmpty();
      lastAcknowledgedNs = CLOCK.monotonicNs();
    }

    private synchronized BitSet acknowledged() {
      return (BitSet) acknowledged.clone();
    }

    /** What it is told from now on counts. */
    private synchronized void begin() {
      refusals.clear();
      acknowledgedAfterRefusal = false;
    }

    private synchronized boolean isRefused() {
      return !refusals.isEmpty();
    }

    /** What it was told in the end, and what became of its writes. */
    private synchronized void check(BitSet confirmed, ServerProcess heir, long cutNs)
        throws IOException {
      LOG.info(
          "{}: last acknowledged {} ms after the cut, then {}",
          primary,
          TimeUnit.NANOSECONDS.toMillis(lastAcknowledgedNs - cutNs),
          refusals);
      assertThat(refusals.getFirst()).startsWith("CLUSTERDOWN ");
      assertThat(refusals).allMatch(text -> text.startsWith("CLUSTERDOWN ") || isMoved(text, heir));
      assertThat(acknowledgedAfterRefusal).as("%s took writes again", primary).isFalse();

      var there = new BitSet();
      for (Reply member : heir.tryCall("SMEMBERS", key).asItems()) {
        there.set(Integer.parseInt(member.asText()));
      }
      BitSet missing = minus(confirmed, there);
      assertThat(missing.isEmpty()).as("confirmed, not there: %s", missing).isTrue();
      BitSet lost = minus(acknowledged, there);
      BitSet gone = minus(lost, new LostWritesOf(List.of(primary)).of(key));
      assertThat(gone.isEmpty()).as("lost by %s, not in its file: %s", primary, gone).isTrue();
      String info = primary.call("INFO", "replication");
      assertThat(ServerProcess.field(info, "lost_writes_files"))
          .isEqualTo("" + LostWritesOf.files(primary).size());
      LOG.info("{}: {} acknowledged writes are in its file", primary, lost.cardinality());
    }
  }

  private static long msSince(long beginNs) {
    return TimeUnit.NANOSECONDS.toMillis(CLOCK.monotonicNs() - beginNs);
  }

  private static boolean isMoved(String text, ServerProcess heir) {
    return text.startsWith("MOVED ") && text.endsWith(" " + heir.endpoint());
  }

  private static BitSet minus(BitSet all, BitSet others) {
    var rest = (BitSet) all.clone();
    rest.andNot(others);
    return rest;
  }

  /** The heir of one is ours, that of the other a redis-server; redis-servers vote. */
  @Test
  void itsClientsGetErrorsAndWhatItWroteAloneIsInAFile() throws Exception {
    ServerProcess one = server(Program.HASHSLOT, 0);
    ServerProcess other = server(Program.HASHSLOT, 1);
    ServerProcess heirOfOne = server(Program.HASHSLOT, 2);
    ServerProcess heirOfOther = server(Program.REDIS, 3);
    ServerProcess third = server(Program.REDIS, 4);
    ServerProcess fourth = server(Program.REDIS, 5);
    ServerProcess fifth = server(Program.REDIS, 6);
    List<ServerProcess> all = List.of(one, other, heirOfOne, heirOfOther, third, fourth, fifth);
    all.forEach(ServerProcess::launch);
    all.forEach(ServerProcess::awaitAnswer);
    TestCluster cluster =
        TestCluster.form(
            List.of(
                List.of(one, heirOfOne),
                List.of(other, heirOfOther),
                List.of(third),
                List.of(fourth),
                List.of(fifth)));

    var writers = List.of(new Writer(one), new Writer(other));
    List<Future<?>> running = new ArrayList<>();
    for (Writer writer : writers) {
      running.add(
          threads.submit(
              () -> {
                writer.write();
                return null;
              }));
    }
    List<BitSet> confirmed = new ArrayList<>();
    for (Writer writer : writers) {
      TestCluster.until("it writes", () -> writer.acknowledged().cardinality() > 100);
      confirmed.add(confirmed(writer));
    }

    long cutNs = CLOCK.monotonicNs();
    for (ServerProcess alone : List.of(one, other)) {
      List<Place> place = List.of(alone.place());
      network.part(place, network.othersThan(place));
    }
    writers.forEach(Writer::begin);
    for (ServerProcess heir : List.of(heirOfOne, heirOfOther)) {
      TestCluster.until(heir + " takes over", heir::isPrimary);
      LOG.info("{} took over {} ms after the cut", heir, msSince(cutNs));
    }
    for (Writer writer : writers) {
      TestCluster.until(writer.primary + " refuses writes", writer::isRefused);
    }
    network.heal();
    TestCluster.until(one + " follows " + heirOfOne, () -> !one.isPrimary());
    TestCluster.until(other + " follows " + heirOfOther, () -> !other.isPrimary());
    cluster.awaitHealthy();
    writing = false;
    for (Future<?> writer : running) writer.get(60, TimeUnit.SECONDS);

    assertThat(cluster.replicasOf(heirOfOne)).containsExactly(one);
    assertThat(cluster.replicasOf(heirOfOther)).containsExactly(other);
    writers.get(0).check(confirmed.get(0), heirOfOne, cutNs);
    writers.get(1).check(confirmed.get(1), heirOfOther, cutNs);
  }

  /** What was acknowledged until now, as soon as the replica has it. */
  private static BitSet confirmed(Writer writer) throws IOException {
    BitSet acknowledged = writer.acknowledged();
    try (RespConnection connection = writer.primary.connect()) {
      // Behind a write of this client: WAIT asks for what its own client wrote last.
      connection.call("SADD", writer.key, "0");
      assertThat(connection.call("WAIT", "1", "60000").asText()).isEqualTo("1");
    }
    return acknowledged;
  }
}
