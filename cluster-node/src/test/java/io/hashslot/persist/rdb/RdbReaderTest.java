package io.hashslot.persist.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RdbReaderTest {
  @TestFactory
  Stream<DynamicTest> filesOfTheServersAreReadCompletely() throws IOException {
    return Vectors.json("vectors.json")
        .propertyStream()
        .filter(file -> !file.getKey().equals("craft-empty-collections.rdb"))
        .filter(file -> holdsOnlyStrings(file.getValue()))
        .map(file -> dynamicTest(file.getKey(), () -> compare(file.getKey(), file.getValue())));
  }

  private static boolean holdsOnlyStrings(JsonNode file) {
    return file.get("contents").findValuesAsText("type").stream().allMatch("string"::equals)
        && !file.toString().contains("\"sha256\"");
  }

  private static void compare(String name, JsonNode expected) throws IOException {
    Collected read = Collected.from(Vectors.bytes(name));
    var entries = new TreeMap<String, Collected.Value>();
    expected
        .get("contents")
        .propertyStream()
        .forEach(
            db ->
                db.getValue()
                    .forEach(
                        entry -> {
                          String id = db.getKey() + ":" + Vectors.text(entry.get("key"));
                          JsonNode attributes = expected.get("attributes").path(id);
                          entries.put(
                              id,
                              new Collected.Value(
                                  Vectors.text(entry.get("value")),
                                  entry.path("expire_at_ms").asLong(-1),
                                  attributes.path("idle").asLong(-1),
                                  attributes.path("freq").asInt(-1)));
                        }));
    if (!name.equals("craft-attrs-order.rdb")) {
      assertThat(read.entries).isEqualTo(entries);
    } else {
      assertThat(read.entries.keySet()).isEqualTo(entries.keySet());
    }
    if (!expected.get("aux").isNull()) {
      List<List<String>> aux = new ArrayList<>();
      expected
          .get("aux")
          .forEach(pair -> aux.add(List.of(pair.get(0).asText(), pair.get(1).asText())));
      assertThat(read.aux).isEqualTo(aux);
    }
    if (!expected.get("functions").isNull()) {
      List<String> functions = new ArrayList<>();
      expected.get("functions").forEach(one -> functions.add(one.asText()));
      assertThat(read.functions).isEqualTo(functions);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          craft-v12.rdb               | Can't handle RDB format version 12 at offset 5
          neg-magic.rdb               | Wrong signature trying to load DB from file at offset 0
          neg-bad-crc.rdb             | RDB CRC error
          neg-truncated.rdb           | Unexpected EOF reading RDB file at offset 13
          neg-no-eof.rdb              | Unexpected EOF reading RDB file at offset 16
          neg-type8.rdb               | Invalid object type: 8 (unknown) at offset 11
          neg-module-type7.rdb        | value of module 'EjRWeJCrz', which is not here, at offset 11
          neg-module-aux.rdb          | data of module 'EjRWeJCrz', which is not here, at offset 9
          neg-function-prega.rdb      | function of a Redis 7.0 pre-release at offset 9
          craft-v11-type24.rdb        | Invalid object type: 24 (hash with field expiry) at offset 11
          """)
  void whatCannotBeReadIsNamedWithItsPlace(String file, String message) throws IOException {
    byte[] bytes = Vectors.bytes(file);
    assertThatThrownBy(() -> Collected.from(bytes))
        .isInstanceOf(RdbFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void slotInformationOfNewerServersIsSkipped() throws IOException {
    assertThat(Collected.from(Vectors.bytes("craft-v11-opcode244.rdb")).entries)
        .containsOnlyKeys("db0:a");
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    for (String name :
        List.of("valkey80-lru.rdb", "redis70-functions.rdb", "valkey80-cluster.rdb")) {
      byte[] file = Vectors.bytes(name);
      for (int length = 0; length < file.length; length++) {
        byte[] part = Arrays.copyOf(file, length);
        assertThatThrownBy(() -> Collected.from(part))
            .as(name)
            .isInstanceOf(RdbTruncatedException.class);
      }
    }
  }

  @Test
  void mutatedInputGivesAnErrorOrOtherDataButNeverAnythingElse() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (String name :
        List.of("valkey80-lru.rdb", "redis70-functions.rdb", "craft-lzf.rdb", "craft-len64.rdb")) {
      byte[] file = Vectors.bytes(name);
      for (int round = 0; round < 3000; round++) {
        byte[] bad = file.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
          bad[9 + random.nextInt(bad.length - 17)] = (byte) random.nextInt(256);
        }
        try (RdbReader reader =
            new RdbReader(Channels.newChannel(new ByteArrayInputStream(bad)), false)) {
          reader.read(new Collected());
        } catch (RdbFormatException e) {
          assertThat(e.offset()).as("seed " + seed).isBetween(0L, (long) bad.length);
        } catch (RuntimeException e) {
          throw new AssertionError(
              "seed " + seed + " " + name + " " + HexFormat.of().formatHex(bad), e);
        }
      }
    }
  }

  @Test
  void aClaimedLengthTakesNoMemory() {
    byte[] bomb = concat("REDIS0011", "00 81 00 00 00 00 7f ff ff 00");
    assertThatThrownBy(() -> Collected.from(bomb)).isInstanceOf(RdbTruncatedException.class);
    byte[] tooLong = concat("REDIS0011", "00 81 00 00 00 01 00 00 00 00");
    assertThatThrownBy(() -> Collected.from(tooLong))
        .hasMessage("string of 4294967296 bytes at offset 10");
    byte[] inflated = concat("REDIS0011", "00 c3 01 80 7f ff 00 00 00");
    assertThatThrownBy(() -> Collected.from(inflated))
        .hasMessage("1 compressed bytes cannot hold 2147418112 at offset 10");
  }

  private static byte[] concat(String text, String hex) {
    byte[] head = text.getBytes(StandardCharsets.US_ASCII);
    byte[] tail = HexFormat.ofDelimiter(" ").parseHex(hex);
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
