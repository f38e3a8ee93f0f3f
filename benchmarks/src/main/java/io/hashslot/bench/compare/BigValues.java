package io.hashslot.bench.compare;

import io.hashslot.bench.load.LoadFailure;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ClusterClient;
import io.hashslot.resp.client.ClusterClient.Routed;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Collections of many elements in the first slots of a cluster, one of each kind. Nobody changes
 * them: they are there to be moved.
 *
 * @param elements of each
 * @param slots how many slots there are to choose from, from slot 0 on
 */
record BigValues(List<Kind> kinds, int elements, int slots) {
  private static final ConnectOptions OPTIONS = ConnectOptions.PLAIN.withTimeoutsMs(5_000, 60_000);
  private static final int ELEMENTS_AT_ONCE = 500;
  private static final int COMMANDS_AT_ONCE = 20;

  /** What a value can be. */
  enum Kind {
    HASH("HSET", "HLEN"),
    SET("SADD", "SCARD"),
    ZSET("ZADD", "ZCARD"),
    LIST("RPUSH", "LLEN"),
    STREAM("XADD", "XLEN");

    private final String adds;
    private final String counts;

    Kind(String adds, String counts) {
      this.adds = adds;
      this.counts = counts;
    }

    private void element(List<String> words, int number) {
      switch (this) {
        case HASH -> words.addAll(List.of("field:" + number, "value:" + number));
        case SET -> words.add("member:" + number);
        // Neighbours have scores far from each other.
        case ZSET ->
            words.addAll(List.of(Long.toString(number * 7919L % 1_000_003), "member:" + number));
        case LIST -> words.add("element:" + number);
        case STREAM -> words.addAll(List.of(number + 1 + "-0", "field", "value:" + number));
      }
    }
  }

  /** The key of a kind: the first of its numbered names that is in a slot that moves. */
  private String key(Kind kind) {
    for (int i = 0; ; i++) {
      String key = "big:" + kind.name().toLowerCase(Locale.ROOT) + ":" + i;
      if (Slots.of(key.getBytes(StandardCharsets.US_ASCII)) < slots) {
        return key;
      }
    }
  }

  /** How many keys these are. */
  int count() {
    return kinds.size();
  }

  /** Makes all of them. */
  void preload(List<Endpoint> nodes) throws IOException {
    try (ClusterClient client = new ClusterClient(nodes, OPTIONS)) {
      for (Kind kind : kinds) {
        int atOnce = kind == Kind.STREAM ? 1 : ELEMENTS_AT_ONCE;
        List<Routed> writes = new ArrayList<>();
        for (int from = 0; from < elements; from += atOnce) {
          writes.add(Routed.byKey(add(kind, from, Math.min(elements, from + atOnce))));
          if (writes.size() * atOnce >= COMMANDS_AT_ONCE * ELEMENTS_AT_ONCE) {
            send(client, writes);
          }
        }
        send(client, writes);
      }
    }
    check(nodes);
  }

  private Command add(Kind kind, int from, int to) {
    List<String> words = new ArrayList<>(List.of(kind.adds, key(kind)));
    for (int number = from; number < to; number++) {
      kind.element(words, number);
    }
    return Command.of(words.toArray(String[]::new));
  }

  private static void send(ClusterClient client, List<Routed> writes) throws IOException {
    for (Reply reply : client.callAll(writes)) {
      if (reply.isFailure()) {
        throw new LoadFailure("preload of a big value: " + reply.asText());
      }
    }
    writes.clear();
  }

  /**
   * Counts the elements of each.
   *
   * @throws LoadFailure if one of them has another number of elements than it was given
   */
  void check(List<Endpoint> nodes) throws IOException {
    try (ClusterClient client = new ClusterClient(nodes, OPTIONS)) {
      for (Kind kind : kinds) {
        String found = client.call(Command.of(kind.counts, key(kind))).asText();
        if (!found.equals(Integer.toString(elements))) {
          throw new LoadFailure("%s of %s: %s".formatted(kind.counts, key(kind), found));
        }
      }
    }
  }

  /** As in the head of a table. */
  @Override
  public String toString() {
    return kinds.isEmpty()
        ? ""
        : ", and %s with %d elements each"
            .formatted(
                String.join(
                    ", ",
                    kinds.stream().map(k -> "a " + k.name().toLowerCase(Locale.ROOT)).toList()),
                elements);
  }
}
