package io.hashslot.bus.file;

import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** States to be written. */
final class DurableStates {
  static final NodeId ME = id('1');
  static final NodeId OTHER = id('2');
  static final NodeId REPLICA = id('3');
  static final NodeId MY_SHARD = id('a');
  static final NodeId OTHER_SHARD = id('b');

  private DurableStates() {}

  static NodeId id(char digit) {
    return new NodeId(String.valueOf(digit).repeat(40));
  }

  /** Three nodes, one of them a replica, with everything a record can have. */
  static DurableState full() {
    NodeRecord me =
        new NodeRecord(
            ME,
            "10.0.0.1",
            7001,
            7101,
            17001,
            "one.example.com",
            "one",
            "1.2.3.4",
            "2001:db8::1",
            MY_SHARD,
            NodeFlags.MYSELF | NodeFlags.PRIMARY,
            null,
            0,
            0,
            7,
            true,
            SlotSet.parse("0-5460 5462"),
            new TreeMap<>(Map.of(93, OTHER, 77, OTHER)),
            new TreeMap<>(Map.of(6000, OTHER)));
    NodeRecord other =
        new NodeRecord(
            OTHER,
            "2001:db8::2",
            7002,
            0,
            17002,
            "",
            "",
            "",
            "",
            OTHER_SHARD,
            NodeFlags.PRIMARY | NodeFlags.FAIL,
            null,
            1795333893123L,
            1795333890000L,
            6,
            false,
            SlotSet.range(5463, 16383),
            Map.of(),
            Map.of());
    NodeRecord replica =
        new NodeRecord(
            REPLICA,
            "10.0.0.3",
            7003,
            0,
            17003,
            "",
            "",
            "",
            "",
            OTHER_SHARD,
            NodeFlags.REPLICA | NodeFlags.NOFAILOVER,
            OTHER,
            0,
            1795333890001L,
            0,
            true,
            new SlotSet(),
            Map.of(),
            Map.of());
    return new DurableState(9, 8, List.of(me, other, replica));
  }

  /** A lone primary. */
  static DurableState alone(NodeId id, int port, int busPort, long epoch, String slots) {
    return new DurableState(
        epoch,
        epoch,
        List.of(
            new NodeRecord(
                id,
                "127.0.0.1",
                port,
                0,
                busPort,
                "",
                "",
                "",
                "",
                MY_SHARD,
                NodeFlags.MYSELF | NodeFlags.PRIMARY,
                null,
                0,
                0,
                epoch,
                true,
                SlotSet.parse(slots),
                Map.of(),
                Map.of())));
  }

  /** Any state at all that can be written and read without loss. */
  static DurableState random(SplittableRandom random) {
    int count = random.nextInt(1, 6);
    List<NodeRecord> nodes = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      int flags = i == 0 ? NodeFlags.MYSELF | NodeFlags.PRIMARY : NodeFlags.PRIMARY;
      SlotSet slots = new SlotSet();
      for (int n = random.nextInt(20); n > 0; n--) {
        int first = random.nextInt(16384);
        slots.addRange(first, Math.min(16383, first + random.nextInt(50)));
      }
      nodes.add(
          new NodeRecord(
              NodeId.random(random),
              random.nextBoolean() ? "10.1.2." + i : random.nextBoolean() ? "fe80::" + i : "",
              random.nextInt(65536),
              random.nextInt(65536),
              random.nextInt(65536),
              random.nextBoolean() ? "h-" + i + ".example" : "",
              random.nextBoolean() ? "n_" + i : "",
              random.nextBoolean() ? "1.1.1." + i : "",
              random.nextBoolean() ? "::" + i : "",
              random.nextBoolean() ? NodeId.random(random) : null,
              flags | (random.nextBoolean() ? NodeFlags.PFAIL : 0),
              null,
              random.nextLong(1L << 50),
              random.nextLong(1L << 50),
              random.nextLong(1L << 62),
              random.nextBoolean(),
              slots,
              Map.of(),
              Map.of()));
    }
    long epoch = nodes.stream().mapToLong(NodeRecord::configEpoch).max().orElse(0);
    return new DurableState(epoch, random.nextLong(1L << 62), List.copyOf(nodes));
  }
}
