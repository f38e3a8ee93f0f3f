package io.hashslot.bench.micro;

import io.hashslot.bus.wire.BusFrame;
import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.FrameFault;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What does one PING of the bus cost its sender and its receiver, apart from the socket? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BusFrameBenchmark {

  /** Gossip entries: a tenth of the nodes, at least three. */
  @Param({"3", "100"})
  public int gossip;

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 * 1024]);
  private final FrameEncoder encoder = new FrameEncoder();
  private final BusFrame frame = new BusFrame();
  private final SlotSet slots = new SlotSet();
  private final List<NodeId> nodes = new ArrayList<>();
  private int length;

  /** Makes up a cluster and one frame of it. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i <= gossip; i++) {
      nodes.add(NodeId.random(random));
    }
    for (int slot = 0; slot < 5461; slot++) {
      slots.add(slot);
    }
    length = encode();
  }

  /** Header with slots, and the gossip section. */
  @Benchmark
  public int encode() {
    encoder
        .begin(buffer, 0, MessageType.PING)
        .sender(nodes.getFirst())
        .slots(slots)
        .currentEpoch(7)
        .configEpoch(7)
        .port(7000)
        .busPort(17000);
    for (int i = 1; i <= gossip; i++) {
      encoder.gossip(nodes.get(i), 0, 1_700_000_000L, "127.0.0.1", 7000, 17000, 0, 1);
    }
    return encoder.finish();
  }

  /** All checks, the sender's slots compared, and every gossip entry's flags read. */
  @Benchmark
  public long decode() {
    FrameFault fault = frame.wrap(buffer, 0, length);
    if (fault != null) {
      throw new IllegalStateException(fault.toString());
    }
    long sum = frame.header().claimsExactly(slots) ? 1 : 0;
    for (int i = 0; i < frame.gossipCount(); i++) {
      sum += frame.gossip(i).flags() + frame.gossip(i).pongReceivedS();
    }
    return sum;
  }
}
