package io.hashslot.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that a server holds, as text: every database, every key, its type, value and time. */
final class DataSet {
  /** The databases that streams go to. */
  private static final List<String> DATABASES = List.of("0", "1", "2", "15");

  private DataSet() {}

  static List<String> of(Server server, long nowMs) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String database : DATABASES) {
      server.run("SELECT", database);
      List<String> keys =
          server.run("KEYS", "*").items().stream()
              .map(RawReply::body)
              .sorted(Comparator.naturalOrder())
              .toList();
      lines.add("database " + database + ": " + server.run("DBSIZE").head() + " keys " + keys);
      for (String key : keys) {
        lines.add(
            new Step(key)
                + " = "
                + server.run("TYPE", key).text()
                + server.run("OBJECT", "ENCODING", key).text()
                + Normal.MILLIS_AT.of(server.run("PEXPIRETIME", key), nowMs)
                + "\n"
                + value(server, key));
      }
      lines.add("walked " + walk(server));
    }
    server.run("SELECT", "0");
    return lines;
  }

  /** The elements of a value of any type, in order where they have one. */
  static String value(Server server, String key) throws IOException {
    return switch (server.run("TYPE", key).head()) {
      case "+list" -> server.run("LRANGE", key, "0", "-1").text();
      case "+set" -> Normal.ANY_ORDER.of(server.run("SMEMBERS", key), 0);
      case "+zset" -> server.run("ZRANGE", key, "0", "-1", "WITHSCORES").text();
      case "+hash" -> Normal.PAIRS.of(server.run("HGETALL", key), 0);
      case "+stream" -> server.run("XRANGE", key, "-", "+").text();
      default -> server.run("GET", key).text();
    };
  }

  /** All keys by SCAN in small pages, each once. */
  private static List<String> walk(Server server) throws IOException {
    List<String> keys = new ArrayList<>();
    String cursor = "0";
    do {
      RawReply page = server.run("SCAN", cursor, "COUNT", "1");
      cursor = page.items().get(0).body();
      page.items().get(1).items().forEach(key -> keys.add(key.body()));
    } while (!cursor.equals("0"));
    return keys.stream().distinct().sorted().toList();
  }
}
