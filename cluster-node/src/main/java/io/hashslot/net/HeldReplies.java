package io.hashslot.net;

import io.hashslot.session.ReplyGate;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The replies of one loop's connections that wait at the {@link ReplyGate}, in the order they came:
 * positions only grow, so the first in the queue is the first that may go. Used on the loop; the
 * gate calls on any thread.
 */
final class HeldReplies {
  private static final long NOTHING = Long.MAX_VALUE;

  private record Held(ClientOutput owner, ByteBuf bytes, long position) {}

  private final ReplyGate gate;
  private final NettyLoop loop;
  private final ArrayDeque<Held> queue = new ArrayDeque<>();
  private final AtomicBoolean called = new AtomicBoolean();

  /** What the first in the queue waits for. */
  private volatile long waitsFor = NOTHING;

  HeldReplies(ReplyGate gate, NettyLoop loop) {
    this.gate = gate;
    this.loop = loop;
    gate.onPassage(this::mayPass);
  }

  ReplyGate gate() {
    return gate;
  }

  /** Keeps replies until their position is reached. */
  void hold(ClientOutput owner, ByteBuf bytes, long position) {
    queue.add(new Held(owner, bytes, position));
    if (queue.size() == 1) {
      waitsFor = position;
      // Whoever reaches it writes that first and reads then what is waited for; we the other way.
      mayPass();
    }
  }

  private void mayPass() {
    long first = waitsFor;
    if (first != NOTHING && gate.passes(first) && called.compareAndSet(false, true)) {
      loop.execute(this::release);
    }
  }

  private void release() {
    called.set(false);
    List<ClientOutput> released = new ArrayList<>();
    while (true) {
      Held next = queue.peek();
      waitsFor = next == null ? NOTHING : next.position;
      if (next == null || !gate.passes(next.position)) {
        break;
      }
      queue.remove();
      if (next.owner.release(next.bytes)) {
        released.add(next.owner);
      }
    }
    released.forEach(ClientOutput::released);
  }
}
