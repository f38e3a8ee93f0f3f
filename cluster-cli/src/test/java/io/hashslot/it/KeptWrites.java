package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ClusterClient;
import io.hashslot.resp.client.ClusterClient.Routed;
import io.hashslot.resp.client.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * A book of writes, and the check against it. Each write adds a number to a set that is called
 * after its series, so writes neither overwrite each other nor depend on their order, and one that
 * was thought to have failed may still happen later.
 *
 * <p>What asynchronous replication promises, and so what is checked: a write is <em>kept</em> once
 * a replica has confirmed it; from then on it must be there, whatever happens to one node. A write
 * that was only acknowledged may be lost with the node that acknowledged it, unless servers promise
 * that none is. Nothing may be there that nobody wrote.
 */
final class KeptWrites {
  /** One series: the set of one writer, in one slot. */
  static final class Series {
    private final String key;
    private final boolean promised;
    private int tried;
    private final BitSet acknowledged = new BitSet();
    private final BitSet kept = new BitSet();

    private Series(String key, boolean promised) {
      this.key = key;
      this.promised = promised;
    }

    String key() {
      return key;
    }

    /** The next number; it may be there from now on. */
    synchronized int next() {
      return tried++;
    }

    /** The server said that the number is there. */
    synchronized void acknowledge(int number) {
      acknowledged.set(number);
      if (promised) kept.set(number);
    }

    /** All replicas of the server have said so, too. */
    synchronized void keep(int number) {
      acknowledged.set(number);
      kept.set(number);
    }

    private synchronized BitSet acknowledgedSoFar() {
      return (BitSet) acknowledged.clone();
    }

    private synchronized void keepAll(BitSet numbers) {
      kept.or(numbers);
    }

    private synchronized int count(boolean onlyKept) {
      return (onlyKept ? kept : acknowledged).cardinality();
    }

    /** What is to be there, and what would be there if nothing was lost; before a reading. */
    private synchronized Expected expected() {
      return new Expected((BitSet) kept.clone(), (BitSet) acknowledged.clone());
    }

    /** Judges a reading; gives, and forgets, what was lost as it may be. */
    private synchronized BitSet judge(Expected expected, BitSet found) {
      var missing = (BitSet) expected.kept.clone();
      missing.andNot(found);
      assertThat(missing.isEmpty())
          .as(
              "%s lost %d of %d kept writes: %s",
              key, missing.cardinality(), expected.kept.cardinality(), missing)
          .isTrue();
      assertThat(found.length()).as("%s holds what nobody wrote", key).isLessThanOrEqualTo(tried);
      var lost = (BitSet) expected.acknowledged.clone();
      lost.andNot(found);
      acknowledged.andNot(lost);
      return lost;
    }
  }

  private record Expected(BitSet kept, BitSet acknowledged) {}

  /** What was acknowledged at a moment; kept as soon as all replicas are known to be past it. */
  record Moment(List<BitSet> acknowledged) {}

  private final List<Series> all = new ArrayList<>();
  private final boolean acknowledgedIsKept;

  /**
   * An empty book.
   *
   * @param acknowledgedIsKept whether servers promise to keep whatever they acknowledge
   */
  KeptWrites(boolean acknowledgedIsKept) {
    this.acknowledgedIsKept = acknowledgedIsKept;
  }

  /** Opens a series. */
  synchronized Series series(String key) {
    var series = new Series(key, acknowledgedIsKept);
    all.add(series);
    return series;
  }

  private synchronized List<Series> copy() {
    return List.copyOf(all);
  }

  Moment moment() {
    return new Moment(copy().stream().map(Series::acknowledgedSoFar).toList());
  }

  /** Replicas have confirmed everything that was acknowledged at that moment. */
  void keep(Moment moment) {
    List<Series> series = copy();
    for (int i = 0; i < moment.acknowledged.size(); i++) {
      series.get(i).keepAll(moment.acknowledged.get(i));
    }
  }

  int acknowledged() {
    return copy().stream().mapToInt(one -> one.count(false)).sum();
  }

  int kept() {
    return copy().stream().mapToInt(one -> one.count(true)).sum();
  }

  /**
   * Reads every series through the cluster, which must be in order.
   *
   * @return which acknowledged numbers of which series were lost that nobody had promised to keep
   */
  Map<String, BitSet> check(TestCluster cluster) throws IOException {
    List<Series> series = copy();
    var lost = new HashMap<String, BitSet>();
    List<Expected> expected = series.stream().map(Series::expected).toList();
    List<Reply> replies = read(cluster, series);
    for (int i = 0; i < series.size(); i++) {
      var found = new BitSet();
      for (Reply member : replies.get(i).asItems()) found.set(Integer.parseInt(member.asText()));
      BitSet missing = series.get(i).judge(expected.get(i), found);
      if (!missing.isEmpty()) lost.put(series.get(i).key, missing);
    }
    return lost;
  }

  /** Where replies wait for replicas a reading may fail on a machine that has too much to do. */
  private static List<Reply> read(TestCluster cluster, List<Series> series) throws IOException {
    List<Routed> readings =
        series.stream().map(one -> Routed.byKey(Command.of("SMEMBERS", one.key))).toList();
    try (ClusterClient client = cluster.client()) {
      return Awaitility.await("every series can be read")
          .until(
              () -> client.callAll(readings),
              replies -> replies.stream().noneMatch(Reply::isFailure));
    }
  }
}
