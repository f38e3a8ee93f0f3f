package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ClusterClient;
import io.hashslot.resp.client.ClusterClient.Routed;
import io.hashslot.resp.client.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A book of writes, and the check against it. Each write adds a number to a set that is called
 * after its series, so writes neither overwrite each other nor depend on their order, and one that
 * was thought to have failed may still happen later.
 *
 * <p>What asynchronous replication promises, and so what is checked: a write is <em>kept</em> once
 * a replica has confirmed it; from then on it must be there, whatever happens to one node. A write
 * that was only acknowledged may be lost with the node that acknowledged it. Nothing may be there
 * that nobody wrote.
 */
final class KeptWrites {
  /** One series: the set of one writer, in one slot. */
  static final class Series {
    private final String key;
    private int tried;
    private final BitSet acknowledged = new BitSet();
    private final BitSet kept = new BitSet();

    private Series(String key) {
      this.key = key;
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

    /** Judges a reading, and forgets what was lost as it may be. */
    private synchronized int judge(Expected expected, BitSet found) {
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
      return lost.cardinality();
    }
  }

  private record Expected(BitSet kept, BitSet acknowledged) {}

  /** What was acknowledged at a moment; kept as soon as all replicas are known to be past it. */
  record Moment(List<BitSet> acknowledged) {}

  private final List<Series> all = new ArrayList<>();
  private int lost;

  /** Opens a series. */
  synchronized Series series(String key) {
    var series = new Series(key);
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

  /** How many acknowledged writes were lost that nobody had promised to keep. */
  int lost() {
    return lost;
  }

  /** Reads every series through the cluster, which must be in order. */
  void check(TestCluster cluster) throws IOException {
    List<Series> series = copy();
    List<Expected> expected = series.stream().map(Series::expected).toList();
    try (ClusterClient client = cluster.client()) {
      List<Reply> replies =
          client.callAll(
              series.stream().map(one -> Routed.byKey(Command.of("SMEMBERS", one.key))).toList());
      for (int i = 0; i < series.size(); i++) {
        Reply reply = replies.get(i);
        assertThat(reply.isFailure()).as("%s: %s", series.get(i).key, reply.asText()).isFalse();
        var found = new BitSet();
        for (Reply member : reply.asItems()) found.set(Integer.parseInt(member.asText()));
        lost += series.get(i).judge(expected.get(i), found);
      }
    }
  }
}
