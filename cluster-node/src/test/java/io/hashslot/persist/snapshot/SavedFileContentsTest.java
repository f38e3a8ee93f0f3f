package io.hashslot.persist.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.hashslot.command.CommandKit;
import io.hashslot.command.server.DataDigest;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.persist.rdb.Vectors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file of redis-server 7.0.15 and valkey-server 8.0.1, and every one put together by hand
 * that they can load, is loaded to what they show of it ({@code vectors.json}), with their {@code
 * DEBUG DIGEST}.
 */
class SavedFileContentsTest {
  /** The files are of 2026, and one of them holds a key that had expired when it was read. */
  private static final long LATER_MS = 900_000_000_000L;

  @TestFactory
  Stream<DynamicTest> everyFileHoldsWhatItsServerShows() throws IOException {
    JsonNode files = Vectors.json("vectors.json");
    return files
        .propertyStream()
        .flatMap(
            file ->
                Stream.of(1, 64)
                    .map(
                        shards ->
                            dynamicTest(
                                file.getKey() + ", shards " + shards,
                                () -> check(file.getKey(), file.getValue(), shards))));
  }

  private static void check(String name, JsonNode file, int shards) throws Exception {
    try (CommandKit kit = new CommandKit(shards, false)) {
      kit.clock().advanceMs(LATER_MS);
      SnapshotLoader.load(
          Channels.newChannel(new ByteArrayInputStream(Vectors.bytes(name))),
          kit.keyspace(),
          new SnapshotLoader.Options(true, SnapshotLoader.Expired.DROP),
          kit.clock(),
          new LoadingProgress(kit.clock()));
      assertThat(digest(kit)).isEqualTo(file.get("digest").asText());
      CommandKit.Client client = kit.client();
      var loaded = new TreeMap<String, List<String>>();
      var expected = new TreeMap<String, List<String>>();
      boolean encodings = file.get("by").asText().equals("valkey");
      file.get("contents")
          .propertyStream()
          .forEach(
              database -> {
                client.run("SELECT", database.getKey().substring(2)).replies("+OK");
                List<String> keys = RespText.leaves(client.run("KEYS", "*").reply());
                for (String key : keys) {
                  loaded.put(database.getKey() + ":" + key, shown(client, key, encodings));
                }
                for (JsonNode entry : database.getValue()) {
                  String key = Vectors.text(entry.get("key"));
                  expected.put(database.getKey() + ":" + key, described(entry, encodings));
                }
              });
      assertThat(loaded).isEqualTo(expected);
      assertThat(kit.keyspace().functions().sources().stream().map(SavedFileContentsTest::text))
          .containsExactlyInAnyOrderElementsOf(functions(file));
    }
  }

  private static String digest(CommandKit kit) {
    var shards = kit.keyspace().shards();
    shards.enterSlow(shards.all());
    try {
      Keys keys = kit.keyspace().newKeys(KeyspaceEvents.NONE);
      keys.held(shards.all());
      return DataDigest.of(keys);
    } finally {
      shards.leave(shards.all());
    }
  }

  private static List<String> functions(JsonNode file) {
    List<String> functions = new ArrayList<>();
    file.get("functions").forEach(one -> functions.add(one.asText()));
    return functions;
  }

  private static List<String> shown(CommandKit.Client client, String key, boolean encoding) {
    List<String> lines = new ArrayList<>();
    String type = RespText.leaves(client.run("TYPE", key).reply()).getFirst();
    lines.add(type);
    if (encoding) {
      lines.addAll(RespText.leaves(client.run("OBJECT", "ENCODING", key).reply()));
    }
    lines.addAll(RespText.leaves(client.run("PEXPIRETIME", key).reply()));
    switch (type) {
      case "string" -> lines.addAll(RespText.leaves(client.run("GET", key).reply()));
      case "list" -> lines.addAll(RespText.leaves(client.run("LRANGE", key, "0", "-1").reply()));
      case "set" ->
          lines.addAll(
              RespText.leaves(client.run("SMEMBERS", key).reply()).stream().sorted().toList());
      case "hash" -> lines.addAll(pairs(RespText.leaves(client.run("HGETALL", key).reply())));
      case "zset" ->
          lines.addAll(
              scores(RespText.leaves(client.run("ZRANGE", key, "0", "-1", "WITHSCORES").reply())));
      default -> stream(client, key, lines);
    }
    return lines;
  }

  private static void stream(CommandKit.Client client, String key, List<String> lines) {
    lines.addAll(RespText.leaves(client.run("XRANGE", key, "-", "+").reply()));
    Map<String, String> about = RespText.fields(client.run("XINFO", "STREAM", key).reply());
    for (String field : STREAM_FIELDS) {
      lines.add(field + " " + about.get(field));
    }
    for (String group : RespText.elements(client.run("XINFO", "GROUPS", key).reply())) {
      Map<String, String> fields = RespText.fields(group);
      for (String field : GROUP_FIELDS) {
        lines.add(field + " " + fields.get(field));
      }
      String name = fields.getOrDefault("name", "");
      for (String row :
          RespText.elements(client.run("XPENDING", key, name, "-", "+", "1000").reply())) {
        List<String> pending = RespText.leaves(row);
        lines.add(pending.get(0) + " " + pending.get(1) + " " + pending.get(3));
      }
      for (String row : RespText.elements(client.run("XINFO", "CONSUMERS", key, name).reply())) {
        Map<String, String> consumer = RespText.fields(row);
        lines.add(consumer.get("name") + " " + consumer.get("pending"));
      }
    }
  }

  private static final List<String> STREAM_FIELDS =
      List.of(
          "length",
          "last-generated-id",
          "max-deleted-entry-id",
          "entries-added",
          "recorded-first-entry-id",
          "radix-tree-keys");

  private static final List<String> GROUP_FIELDS =
      List.of("name", "last-delivered-id", "entries-read", "lag", "pending");

  private static List<String> described(JsonNode entry, boolean encoding) {
    List<String> lines = new ArrayList<>();
    String type = entry.get("type").asText();
    lines.add(type);
    if (encoding) {
      lines.add(entry.get("encoding").asText());
    }
    lines.add(Long.toString(entry.path("expire_at_ms").asLong(-1)));
    List<String> leaves = new ArrayList<>();
    leaves(entry.get("value"), leaves);
    lines.addAll(
        switch (type) {
          case "set" -> leaves.stream().sorted().toList();
          case "hash" -> pairs(leaves);
          case "zset" -> scores(leaves);
          default -> leaves;
        });
    if (type.equals("stream")) {
      STREAM_FIELDS.forEach(
          field -> lines.add(field + " " + entry.get("stream").get(field).asText()));
      entry.get("groups").forEach(group -> described(group, lines));
    }
    return lines;
  }

  private static void described(JsonNode group, List<String> lines) {
    GROUP_FIELDS.forEach(field -> lines.add(field + " " + group.get(field).asText()));
    for (JsonNode pending : group.get("pel")) {
      lines.add(
          pending.get("id").asText()
              + " "
              + pending.get("consumer").asText()
              + " "
              + pending.get("delivery-count").asText());
    }
    for (JsonNode consumer : group.get("consumers")) {
      lines.add(consumer.get("name").asText() + " " + consumer.get("pending").asText());
    }
  }

  private static void leaves(JsonNode value, List<String> into) {
    if (value.isArray()) {
      value.forEach(part -> leaves(part, into));
    } else if (value.has("sha256")) {
      into.add(value.get("len").asText() + " " + value.get("sha256").asText());
    } else {
      into.add(abridged(Vectors.text(value)));
    }
  }

  /** Long texts are only known by their length and hash. */
  private static String abridged(String text) {
    if (text.length() <= 300) {
      return text;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
      return text.length() + " " + HexFormat.of().formatHex(hash);
    } catch (java.security.NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static List<String> pairs(List<String> leaves) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i += 2) {
      pairs.add(leaves.get(i) + " = " + leaves.get(i + 1));
    }
    return pairs.stream().sorted().toList();
  }

  /**
   * The servers write numbers in different words, and leave a sorted set of an old file out of
   * order, which is put in order here.
   */
  private static List<String> scores(List<String> leaves) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i += 2) {
      String score = leaves.get(i + 1).replace("inf", "Infinity");
      elements.add(leaves.get(i) + " " + Double.parseDouble(score));
    }
    return elements.stream().sorted().toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Replies in RESP2, as text. */
  private static final class RespText {
    private final String text;
    private int at;

    private RespText(String text) {
      this.text = text;
    }

    /** All that is no array, in order; long texts are abridged. */
    static List<String> leaves(String reply) {
      List<String> leaves = new ArrayList<>();
      new RespText(reply).next(leaves);
      return leaves;
    }

    /** The elements of an array, each as the reply it would be alone. */
    static List<String> elements(String reply) {
      RespText array = new RespText(reply);
      int count = Integer.parseInt(array.line().substring(1));
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int from = array.at;
        array.next(new ArrayList<>());
        elements.add(reply.substring(from, array.at));
      }
      return elements;
    }

    /** The values of an array of names and values; those that are no texts or numbers are empty. */
    static Map<String, String> fields(String reply) {
      Map<String, String> fields = new TreeMap<>();
      List<String> parts = elements(reply);
      for (int i = 0; i < parts.size(); i += 2) {
        List<String> value = leaves(parts.get(i + 1));
        fields.put(
            leaves(parts.get(i)).getFirst(),
            parts.get(i + 1).startsWith("*") ? "" : value.getFirst());
      }
      return fields;
    }

    private String line() {
      int end = text.indexOf("\r\n", at);
      String line = text.substring(at, end);
      at = end + 2;
      return line;
    }

    private void next(List<String> leaves) {
      String head = line();
      if (head.charAt(0) == '*') {
        for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
          next(leaves);
        }
      } else if (head.charAt(0) == '$') {
        int length = Integer.parseInt(head.substring(1));
        if (length < 0) {
          leaves.add("null");
          return;
        }
        leaves.add(abridged(text.substring(at, at + length)));
        at += length + 2;
      } else {
        leaves.add(head.substring(1));
      }
    }
  }
}
