package io.hashslot.bus.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server without data: remembers what the bus tells it, and says what the test wants. */
final class RecordingHost implements BusHost {
  final List<String> heard = new CopyOnWriteArrayList<>();
  volatile HostFacts facts = HostFacts.NONE;
  volatile long stalledForMs;
  volatile boolean acceptsPeers = true;
  volatile boolean mistaken;
  final AtomicInteger mistakes = new AtomicInteger();
  volatile @Nullable ClusterView view;
  volatile @Nullable Exception fatal;

  @Override
  public HostFacts facts() {
    return facts;
  }

  @Override
  public long stalledForMs() {
    if (mistaken) {
      mistakes.incrementAndGet();
      throw new IllegalStateException("a mistake, made on purpose");
    }
    return stalledForMs;
  }

  @Override
  public boolean acceptsPeers() {
    return acceptsPeers;
  }

  @Override
  public void publish(ClusterView newView) {
    view = newView;
  }

  @Override
  public void promote(long viewVersion) {
    heard.add("promote");
  }

  @Override
  public void demote(long viewVersion) {
    heard.add("demote");
  }

  @Override
  public void follow(Effect.Follow follow) {
    heard.add("follow " + follow.ip() + ":" + follow.port());
  }

  @Override
  public void unfollow() {
    heard.add("unfollow");
  }

  @Override
  public void flushData() {
    heard.add("flush");
  }

  @Override
  public void deleteSlotKeys(SlotSet slots, boolean propagate) {
    heard.add("delete " + slots);
  }

  @Override
  public void dropShardChannels(SlotSet slots) {
    heard.add("drop channels " + slots);
  }

  @Override
  public void deliver(byte[] channel, byte[] message, boolean sharded) {
    heard.add(
        (sharded ? "shard message " : "message ")
            + new String(channel, UTF_8)
            + " "
            + new String(message, UTF_8));
  }

  @Override
  public void pauseWrites(long untilMonotonicMs, Runnable whenStill) {
    heard.add("pause");
    whenStill.run();
  }

  @Override
  public void fence(long forMs) {}

  @Override
  public void acceptHistory() {}

  @Override
  public void resumeWrites() {
    heard.add("resume");
  }

  @Override
  public void fatal(Exception cause) {
    fatal = cause;
  }
}
