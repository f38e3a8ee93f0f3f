package io.hashslot.cli.simulate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one history. Times are in milliseconds of simulated time, counted from the first
 * step of the script.
 *
 * @param seed decided all chance in it
 * @param episodes what each fault led to
 * @param outages when how many slots had no serving primary; nothing is said of times without any
 * @param steady traffic of a node before the script
 * @param troubled traffic of a node from the first fault until all agreed again
 */
record Findings(
    long seed, List<Episode> episodes, List<Outage> outages, Traffic steady, Traffic troubled) {

  /**
   * Steps that happen at one moment, and what they led to until the next ones. Times count from
   * that moment; null if it did not happen.
   *
   * @param atMs the moment
   * @param what the steps as written
   * @param suspectedMs the first node suspects another one (PFAIL)
   * @param failedMs the first node holds another one for failed (FAIL)
   * @param knownMs all that run hold all for failed that are down
   * @param servedMs as many slots are served as before; 0 if none was lost
   * @param agreedMs all that run agree about members, slots and failures, and serve
   * @param slotsDown most slots that were without a serving primary at one moment
   */
  record Episode(
      long atMs,
      String what,
      @Nullable Long suspectedMs,
      @Nullable Long failedMs,
      @Nullable Long knownMs,
      @Nullable Long servedMs,
      @Nullable Long agreedMs,
      int slotsDown) {}

  /** From one moment to another so many slots had no serving primary. */
  record Outage(long fromMs, long toMs, int slots) {}

  /**
   * What a node sends on the cluster bus.
   *
   * @param framesPerS on the average of all nodes and the whole time
   * @param bytesPerS the same in bytes of frames
   * @param peakBytesPerS the busiest second of any node
   */
  record Traffic(double framesPerS, double bytesPerS, double peakBytesPerS) {}

  /** Slots times seconds without a serving primary. */
  double slotSeconds() {
    double sum = 0;
    for (Outage outage : outages) {
      sum += outage.slots() * (outage.toMs() - outage.fromMs()) / 1000.0;
    }
    return sum;
  }
}
