package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hashslot.command.CommandKit;
import io.hashslot.function.FunctionLibraries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that redis-server 7.0.15 and valkey-server 8.0.1 have written: what they hold is known. */
class AofSamplesTest {
  @TempDir Path dir;

  private static JsonNode contents() throws IOException {
    return new ObjectMapper().readTree(AofFiles.samples().resolve("contents.json").toFile());
  }

  static Stream<String> samples() throws IOException {
    List<String> names = new ArrayList<>();
    contents().fieldNames().forEachRemaining(names::add);
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldLoadWhatTheServersHaveWritten(String sample) throws IOException {
    AofFiles files = AofFiles.sample(sample, dir);
    try (CommandKit kit = new CommandKit(8, false)) {
      AofLoader.Loaded loaded = files.load(kit);
      assertThat(loaded.errors()).isZero();
      if (contents().get(sample).has("function_libraries")) {
        assertThat(kit.keyspace().functions().sources().stream().map(FunctionLibraries::nameOf))
            .containsExactly("lib");
      }
      JsonNode expected = contents().get(sample).get("contents_after_load");
      for (int db = 0; db < 16; db++) {
        JsonNode keys = expected.path("db" + db);
        assertThat(kit.keyspace().size(db)).as("keys of database %d", db).isEqualTo(keys.size());
        CommandKit.Client client = kit.client();
        client.run("SELECT", "" + db);
        for (JsonNode key : keys) {
          check(client, key);
        }
      }
    }
  }

  private static void check(CommandKit.Client client, JsonNode key) {
    String name = key.get("key").asText();
    long expiry = key.path("expire_at_ms").asLong(-1);
    client.run("TYPE", name).replies("+" + key.get("type").asText());
    client.run("PEXPIRETIME", name).replies(":" + expiry);
    // Small lists have another name since 7.2; strings that were appended to stand as raw ones
    // there.
    if (!List.of("list", "string").contains(key.get("type").asText())) {
      client.run("OBJECT", "ENCODING", name).repliesBulk(key.get("encoding").asText());
    }
    JsonNode value = key.get("value");
    switch (key.get("type").asText()) {
      case "string" -> client.run("GET", name).repliesBulk(value.asText());
      case "list" -> assertThat(words(client, "LRANGE", name, "0", "-1")).isEqualTo(texts(value));
      case "set" ->
          assertThat(words(client, "SMEMBERS", name))
              .containsExactlyInAnyOrderElementsOf(texts(value));
      case "zset" ->
          assertThat(words(client, "ZRANGE", name, "0", "-1", "WITHSCORES"))
              .isEqualTo(texts(value));
      case "hash" ->
          assertThat(words(client, "HGETALL", name))
              .containsExactlyInAnyOrderElementsOf(texts(value));
      case "stream" -> stream(client, name, key);
      default -> throw new IllegalStateException(key.toString());
    }
  }

  private static void stream(CommandKit.Client client, String name, JsonNode key) {
    String entries = client.run("XRANGE", name, "-", "+").reply();
    texts(key.get("value")).forEach(text -> assertThat(entries).contains(text + "\r\n"));
    String info = client.run("XINFO", "STREAM", name, "FULL").reply();
    JsonNode stream = key.get("stream");
    assertThat(info)
        .contains("length\r\n:" + stream.get("length").asLong())
        .contains("entries-added\r\n:" + stream.get("entries-added").asLong())
        .contains(stream.get("last-generated-id").asText());
    for (JsonNode group : key.get("groups")) {
      assertThat(info)
          .contains("\r\n" + group.get("name").asText() + "\r\n")
          // Redis 7.0 does not tell increments how far XREADGROUP has come, and forgets it itself.
          .containsPattern("entries-read\r\n(:" + group.get("entries-read").asLong() + "|\\$-1)")
          .contains("pel-count\r\n:" + group.get("pending").asLong());
      for (JsonNode consumer : group.get("consumers")) {
        assertThat(info).contains("\r\n" + consumer.get("name").asText() + "\r\n");
      }
    }
  }

  private static List<String> words(CommandKit.Client client, String... command) {
    return AofFiles.words(client.run(command).reply());
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(element -> texts.addAll(texts(element)));
    } else {
      texts.add(value.asText());
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis70-rdb-base", "redis70-history", "old-style-preamble"})
  void shouldNotTouchFilesThatAreWhole(String sample) throws IOException {
    AofFiles files = AofFiles.sample(sample, dir);
    try (CommandKit kit = new CommandKit(1, false);
        CommandKit again = new CommandKit(1, false)) {
      files.load(kit);
      String before = files.listing();
      files.load(again);
      assertThat(files.listing()).isEqualTo(before);
      assertThat(AofFiles.contents(again)).isEqualTo(AofFiles.contents(kit));
    }
  }
}
