package io.hashslot.differential;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a primary and its replica have in common, as text: every key with its type, its time and all
 * of its value, groups of streams and what is pending in them included.
 */
final class ReplicatedData {
  private static final List<String> DATABASES = List.of("0", "1", "2", "15");

  /** When consumers were seen is not repeated to replicas, nor how an index is built. */
  private static final Set<String> OWN =
      Set.of("seen-time", "active-time", "radix-tree-keys", "radix-tree-nodes");

  private ReplicatedData() {}

  /** Returns one line for each key. */
  static Map<String, String> of(Server server) throws IOException {
    Map<String, String> data = new TreeMap<>();
    for (String database : DATABASES) {
      server.run("SELECT", database);
      for (RawReply item : server.run("KEYS", "*").items()) {
        String key = item.body();
        String type = server.run("TYPE", key).head();
        String time = server.run("PEXPIRETIME", key).head();
        String value =
            switch (type) {
              case "+zset" -> scores(server, key);
              case "+stream" -> facts(server.run("XINFO", "STREAM", key, "FULL", "COUNT", "0"));
              default -> text(server, key);
            };
        data.put(database + " " + new Step(key), type + " " + time + " " + value);
      }
    }
    return data;
  }

  /** That somebody asks once more for what is pending is not repeated: when, and how often. */
  private static String facts(RawReply reply) {
    if (reply.type() != '*' && reply.type() != '%') {
      return reply.text();
    }
    if (isIdleConsumer(reply)) {
      return "";
    }
    StringBuilder text = new StringBuilder("[");
    String label = "";
    boolean pending = reply.items().size() > 2 && reply.items().getLast().type() == ':';
    for (RawReply item : pending ? reply.items().subList(0, 1) : reply.items()) {
      if (!OWN.contains(label) && !OWN.contains(item.body())) {
        text.append(facts(item));
      }
      label = item.body();
    }
    return text.append("]").toString();
  }

  /** The C servers do not repeat either that somebody has asked who was given nothing. */
  private static boolean isIdleConsumer(RawReply reply) {
    List<RawReply> items = reply.items();
    return items.size() > 4
        && items.get(2).body().equals("seen-time")
        && items.getLast().items().isEmpty();
  }

  private static String text(Server server, String key) throws IOException {
    return new Step(DataSet.value(server, key))
        + " "
        + server.run("DEBUG", "DIGEST-VALUE", key).text();
  }

  /** Servers write scores differently: they are compared as numbers. */
  private static String scores(Server server, String key) throws IOException {
    List<RawReply> items = server.run("ZRANGE", key, "0", "-1", "WITHSCORES").items();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size(); i += 2) {
      text.append(new Step(items.get(i).body())).append('=');
      text.append(number(items.get(i + 1).body())).append(' ');
    }
    return text.toString();
  }

  private static double number(String score) {
    return switch (score) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      // Redis 7.0 does not keep the sign of a zero in its compact form.
      default -> Double.parseDouble(score) + 0.0;
    };
  }
}
