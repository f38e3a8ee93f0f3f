package io.hashslot.observe;

import io.hashslot.command.CommandSpec;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How the times of one command are spread: how many runs took at most so long. Buckets double from
 * about a microsecond on; those that add nothing are left out, as in Redis.
 *
 * @param calls how often the command ran
 * @param buckets in ascending order
 */
public record LatencyBuckets(long calls, List<Bucket> buckets) {
  private static final int FIRST_NS = 1024;

  /**
   * One bucket.
   *
   * @param atMostUs upper end, in microseconds
   * @param runs runs up to there, those of the buckets before included
   */
  public record Bucket(long atMostUs, long runs) {}

  /** Returns the times of a command. */
  public static LatencyBuckets of(Statistics statistics, CommandSpec row) {
    Histogram times = statistics.latency(row.index());
    List<Bucket> buckets = new ArrayList<>();
    long before = 0;
    for (HistogramIterationValue step : times.logarithmicBucketValues(FIRST_NS, 2)) {
      long runs = step.getTotalCountToThisValue();
      if (runs > before) {
        long end = times.highestEquivalentValue(step.getValueIteratedTo());
        buckets.add(new Bucket(end / 1000, runs));
        before = runs;
      }
    }
    return new LatencyBuckets(times.getTotalCount(), buckets);
  }
}
