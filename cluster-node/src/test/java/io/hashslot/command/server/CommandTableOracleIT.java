package io.hashslot.command.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.config.Config;
import io.hashslot.node.Node;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import io.hashslot.peer.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/**
 * Every row of the command table equals the oracle's, and so does what COMMAND DOCS tells of each
 * command, but for prose, which is our own.
 */
class CommandTableOracleIT {
  /** Elements of COMMAND INFO that are sets. */
  private static final Set<Integer> SETS = Set.of(2, 6, 7);

  /** The elements that are a map of specifications, and the rows of subcommands. */
  private static final int KEYS = 8;

  private static final int SUBCOMMANDS = 9;

  /** Rows that differ on purpose, and why. */
  private static final Map<String, String> DEVIATIONS =
      Map.of("wait", "follows Redis 7.0, where it is not yet marked as blocking");

  /** Commands of Valkey 9, which the oracle does not have. */
  private static final Set<String> NEWER =
      Set.of(
          "cluster|cancelslotmigrations",
          "cluster|getslotmigrations",
          "cluster|migrateslots",
          "cluster|syncslots");

  private static final Set<String> PROSE =
      Set.of("summary", "complexity", "history", "replaced_by", "subcommands");

  @TempDir Path folder;

  @Test
  void shouldTellOfItsCommandsWhatTheOracleTells() throws Exception {
    int port = Ports.next();
    Config config =
        Config.of("--port", "" + port, "--bind", "127.0.0.1", "--dir", "" + folder, "--save", "");
    try (var oracle = OracleServer.start(Oracle.VALKEY, folder, "--save", "");
        var _ = Node.start(config);
        var theirs = oracle.connect();
        var ours = new Jedis("127.0.0.1", port, 60_000)) {
      compare(rows(ours), rows(theirs), DEVIATIONS.keySet());
      compare(docs(ours), docs(theirs), Set.of());
    }
  }

  private static void compare(
      Map<String, Object> ours, Map<String, Object> theirs, Set<String> deviations) {
    assertThat(ours).isNotEmpty();
    ours.forEach(
        (name, row) -> {
          if (!deviations.contains(name) && !NEWER.contains(name)) {
            assertThat(row).as(name).isEqualTo(theirs.get(name));
          }
        });
  }

  private static Map<String, Object> rows(Jedis server) {
    Map<String, Object> rows = new TreeMap<>();
    addRows(rows, list(text(server.sendCommand(Protocol.Command.COMMAND))));
    return rows;
  }

  private static void addRows(Map<String, Object> rows, List<Object> replies) {
    for (Object reply : replies) {
      List<Object> row = new ArrayList<>(list(reply));
      for (int i : SETS) {
        row.set(i, new TreeSet<>(list(row.get(i))));
      }
      row.set(KEYS, list(row.get(KEYS)).stream().map(CommandTableOracleIT::withoutNotes).toList());
      addRows(rows, list(row.remove(SUBCOMMANDS)));
      rows.put((String) row.getFirst(), row);
    }
  }

  private static Object withoutNotes(Object spec) {
    Map<String, Object> fields = map(spec);
    fields.remove("notes");
    fields.compute("flags", (_, flags) -> new TreeSet<>(list(flags)));
    return fields;
  }

  private static Map<String, Object> docs(Jedis server) {
    Map<String, Object> docs = new TreeMap<>();
    addDocs(docs, map(text(server.sendCommand(Protocol.Command.COMMAND, "DOCS"))));
    return docs;
  }

  private static void addDocs(Map<String, Object> docs, Map<String, Object> replies) {
    replies.forEach(
        (name, reply) -> {
          Map<String, Object> fields = map(reply);
          addDocs(docs, map(fields.getOrDefault("subcommands", List.of())));
          fields.keySet().removeAll(PROSE);
          docs.put(name, fields);
        });
  }

  private static Object text(Object reply) {
    return switch (reply) {
      case byte[] bytes -> new String(bytes, ISO_8859_1);
      case List<?> elements -> elements.stream().map(CommandTableOracleIT::text).toList();
      default -> reply;
    };
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object reply) {
    return (List<Object>) reply;
  }

  /** Makes a map of names and values that follow each other. */
  private static Map<String, Object> map(Object reply) {
    List<Object> flat = list(reply);
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      map.put((String) flat.get(i), flat.get(i + 1));
    }
    return map;
  }
}
