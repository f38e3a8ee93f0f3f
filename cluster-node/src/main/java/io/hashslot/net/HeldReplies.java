package io.hashslot.net;

import io.hashslot.session.ReplyGate;
import io.hashslot.time.Clock;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one loop's connections that wait at the {@link ReplyGate}, in the order they came:
 * positions only grow, so the first in the queue is the first that may go, and the first whose time
 * is up. Used on the loop; the gate calls on any thread.
 */
final class HeldReplies {
  private static final long NOTHING = Long.MAX_VALUE;

  private record Held(ClientOutput owner, ByteBuf bytes, long position, long era, long sinceNs) {}

  private final ReplyGate gate;
  private final NettyLoop loop;
  private final Clock clock;
  private final ArrayDeque<Held> queue = new ArrayDeque<>();
  private final AtomicBoolean called = new AtomicBoolean();
  private boolean timed;

  /** What the first in the queue waits for. */
  private volatile long waitsFor = NOTHING;

  HeldReplies(ReplyGate gate, NettyLoop loop, Clock clock) {
    this.gate = gate;
    this.loop = loop;
    this.clock = clock;
    gate.onPassage(this::mayPass);
    gate.onRefusal(this::mayBeRefused);
  }

  ReplyGate gate() {
    return gate;
  }

  /**
   * Keeps replies until their position is reached.
   *
   * @param era the leadership they tell of
   */
  void hold(ClientOutput owner, ByteBuf bytes, long position, long era) {
    queue.add(new Held(owner, bytes, position, era, clock.monotonicNs()));
    gate.held(position, loop);
    if (queue.size() == 1) {
      waitsFor = position;
      watchTime(0);
      // Whoever reaches it writes that first and reads then what is waited for; we the other way.
      mayPass();
    }
  }

  private void mayPass() {
    long first = waitsFor;
    if (first != NOTHING && gate.passes(first)) {
      look();
    }
  }

  private void mayBeRefused() {
    if (waitsFor != NOTHING) {
      look();
    }
  }

  private void look() {
    if (called.compareAndSet(false, true)) {
      loop.execute(this::release);
    }
  }

  /** Looks again when the time of the first in the queue is up, if it can be. */
  private void watchTime(long heldNs) {
    long patienceNs = gate.patienceNs();
    if (patienceNs > 0 && !timed) {
      timed = true;
      long leftMs = Math.max(0, patienceNs - heldNs) / 1_000_000 + 1;
      var unused =
          loop.schedule(
              () -> {
                timed = false;
                release();
              },
              leftMs);
    }
  }

  private void release() {
    called.set(false);
    List<ClientOutput> released = new ArrayList<>();
    long nowNs = clock.monotonicNs();
    while (true) {
      Held next = queue.peek();
      waitsFor = next == null ? NOTHING : next.position;
      if (next == null) {
        break;
      }
      @Nullable String refusal = gate.refusal(next.position, next.era, nowNs - next.sinceNs);
      if (refusal == null && !gate.passes(next.position)) {
        watchTime(nowNs - next.sinceNs);
        break;
      }
      queue.remove();
      if (next.owner.release(next.bytes, refusal)) {
        released.add(next.owner);
      }
    }
    released.forEach(ClientOutput::released);
  }
}
