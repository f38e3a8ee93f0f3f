package io.hashslot.dispatch;

import io.hashslot.resp.Request;
import io.hashslot.slot.Slots;
import java.util.function.IntPredicate;

/**
 * What commands have cost, by slot: time, and bytes of requests and replies ({@code CLUSTER
 * SLOT-STATS}). A slot's counters are written under the lock of its shard. What goes to replicas
 * and to subscribers of shard channels is not counted.
 */
public final class SlotUse {
  /** A transaction's MULTI on the wire, and what it and its commands are answered at first. */
  private static final int MULTI_BYTES = 15;

  private static final int OK_BYTES = 5;
  private static final int QUEUED_BYTES = 9;

  private static final int NANOS = 0;
  private static final int BYTES_IN = 1;
  private static final int BYTES_OUT = 2;
  private static final int FIGURES = 3;

  /** Asked for by every command. */
  private volatile boolean enabled;

  /** Replaced as a whole to start anew; empty while nothing was counted. */
  private volatile long[] figures = {};

  /** Counts from now on, or no longer; follows {@code cluster-slot-stats-enabled}. */
  public void enabled(boolean yes) {
    enabled = yes;
  }

  /** Whether use is counted. */
  public boolean enabled() {
    return enabled;
  }

  /** Microseconds that commands took. */
  public long micros(int slot) {
    return figure(slot, NANOS) / 1000;
  }

  /** Bytes of requests. */
  public long bytesIn(int slot) {
    return figure(slot, BYTES_IN);
  }

  /** Bytes of replies. */
  public long bytesOut(int slot) {
    return figure(slot, BYTES_OUT);
  }

  private long figure(int slot, int which) {
    long[] now = figures;
    return now.length == 0 ? 0 : now[slot * FIGURES + which];
  }

  /** Starts all counters anew. */
  public void reset() {
    figures = new long[0];
  }

  /**
   * Starts the counters of some slots anew, such as those that somebody else serves from now on.
   */
  public void reset(IntPredicate which) {
    long[] now = figures;
    for (int slot = 0; now.length > 0 && slot < Slots.COUNT; slot++) {
      if (which.test(slot)) {
        for (int i = 0; i < FIGURES; i++) {
          now[slot * FIGURES + i] = 0;
        }
      }
    }
  }

  /** A client's command ran, under the lock of its slot's shard. */
  void ran(int slot, Request request, long nanos, long bytesOut) {
    long[] now = counting();
    now[slot * FIGURES + NANOS] += nanos;
    now[slot * FIGURES + BYTES_IN] += bytes(request);
    now[slot * FIGURES + BYTES_OUT] += bytesOut;
  }

  /** A transaction is about to run a command that was queued. */
  void queued(int slot, Request request) {
    long[] now = counting();
    now[slot * FIGURES + BYTES_IN] += bytes(request);
    now[slot * FIGURES + BYTES_OUT] += QUEUED_BYTES;
  }

  /** A transaction ran: its MULTI has come and was answered before. */
  void transaction(int slot) {
    long[] now = counting();
    now[slot * FIGURES + BYTES_IN] += MULTI_BYTES;
    now[slot * FIGURES + BYTES_OUT] += OK_BYTES;
  }

  private long[] counting() {
    long[] now = figures;
    if (now.length == 0) {
      now = new long[Slots.COUNT * FIGURES];
      figures = now;
    }
    return now;
  }

  /** Bytes of a request as RESP. */
  private static long bytes(Request request) {
    long sum = 3 + digits(request.count());
    for (int i = 0; i < request.count(); i++) {
      sum += 5 + digits(request.length(i)) + request.length(i);
    }
    return sum;
  }

  private static int digits(int number) {
    int digits = 1;
    for (int rest = number / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
