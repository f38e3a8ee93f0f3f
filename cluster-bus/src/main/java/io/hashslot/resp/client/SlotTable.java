package io.hashslot.resp.client;

import io.hashslot.resp.Reply;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who serves which slot, as one node told it in reply to CLUSTER SLOTS. */
public final class SlotTable {
  private final Shard[] owners = new Shard[Slots.COUNT];
  private final List<Range> ranges;

  /**
   * A run of slots and its servers.
   *
   * @param from the first slot
   * @param to the last slot
   * @param shard who serves them
   */
  public record Range(int from, int to, Shard shard) {}

  /**
   * A primary and its replicas.
   *
   * @param primary takes writes
   * @param replicas have copies
   */
  public record Shard(Endpoint primary, List<Endpoint> replicas) {}

  private SlotTable(List<Range> ranges) {
    this.ranges = ranges;
    for (Range range : ranges) {
      for (int slot = range.from(); slot <= range.to(); slot++) {
        owners[slot] = range.shard();
      }
    }
  }

  /** A table in which nobody serves anything. */
  public static SlotTable empty() {
    return new SlotTable(List.of());
  }

  /**
   * Reads the reply to CLUSTER SLOTS.
   *
   * @param from the node that answered, whose host stands for missing ones
   */
  public static SlotTable of(Reply reply, Endpoint from) {
    List<Range> ranges = new ArrayList<>();
    for (Reply row : reply.asItems()) {
      List<Reply> cells = row.asItems();
      if (cells.size() < 3
          || !(cells.get(0).plain() instanceof Reply.Int first)
          || !(cells.get(1).plain() instanceof Reply.Int last)
          || first.value() < 0
          || last.value() >= Slots.COUNT) {
        continue;
      }
      List<Endpoint> servers = new ArrayList<>();
      for (Reply cell : cells.subList(2, cells.size())) {
        Endpoint endpoint = endpoint(cell, from);
        if (endpoint != null) {
          servers.add(endpoint);
        }
      }
      if (!servers.isEmpty()) {
        var shard = new Shard(servers.getFirst(), List.copyOf(servers.subList(1, servers.size())));
        ranges.add(new Range((int) first.value(), (int) last.value(), shard));
      }
    }
    return new SlotTable(List.copyOf(ranges));
  }

  private static @Nullable Endpoint endpoint(Reply cell, Endpoint from) {
    List<Reply> fields = cell.asItems();
    if (fields.size() < 2 || !(fields.get(1).plain() instanceof Reply.Int port)) {
      return null;
    }
    String host = fields.getFirst().asText();
    if (host.equals("?") || port.value() <= 0 || port.value() > 65535) {
      return null;
    }
    return new Endpoint(host.isEmpty() ? from.host() : host, (int) port.value());
  }

  /** Who serves a slot; {@code null} if nobody is known to. */
  public @Nullable Endpoint primaryOf(int slot) {
    Shard shard = owners[slot];
    return shard == null ? null : shard.primary();
  }

  /** Notes that a slot is served elsewhere, until the whole table is read anew. */
  void move(int slot, Endpoint primary) {
    owners[slot] = new Shard(primary, List.of());
  }

  /** All primaries with slots, in order of address. */
  public List<Endpoint> primaries() {
    var primaries = new TreeSet<Endpoint>();
    for (Range range : ranges) {
      primaries.add(range.shard().primary());
    }
    return List.copyOf(primaries);
  }

  /** Runs of slots by shard, shards in order of their first slot. */
  public List<Map.Entry<Shard, List<Range>>> shards() {
    Map<Integer, Map.Entry<Shard, List<Range>>> byFirstSlot = new TreeMap<>();
    Map<Endpoint, List<Range>> byPrimary = new TreeMap<>();
    List<Range> sorted = new ArrayList<>(ranges);
    sorted.sort((a, b) -> Integer.compare(a.from(), b.from()));
    for (Range range : sorted) {
      List<Range> own = byPrimary.computeIfAbsent(range.shard().primary(), _ -> new ArrayList<>());
      if (own.isEmpty()) {
        byFirstSlot.put(range.from(), Map.entry(range.shard(), own));
      }
      own.add(range);
    }
    return List.copyOf(byFirstSlot.values());
  }

  /** How many slots nobody is known to serve. */
  public int uncovered() {
    int count = 0;
    for (Shard owner : owners) {
      if (owner == null) {
        count++;
      }
    }
    return count;
  }
}
