package io.hashslot.command.generic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hashslot.command.CommandTest;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.Crc64;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Payloads of both C servers are restored; damaged ones, with a right checksum, are refused, or
 * make values that every command can be used on.
 */
class DamagedPayloadTest extends CommandTest {
  private static final int FOOTER_BYTES = 10;
  private static final int ROUNDS = 15;

  /** Commands that look at all of a value, by its type. */
  private static final Map<String, List<String>> READERS =
      Map.of(
          "string", List.of("GET k"),
          "list", List.of("LRANGE k 0 -1", "LINDEX k -1", "RPOP k 2"),
          "set", List.of("SMEMBERS k", "SADD k another", "SISMEMBER k a", "SPOP k"),
          "zset",
              List.of("ZRANGE k 0 -1 WITHSCORES", "ZADD k 5 another", "ZRANK k a", "ZPOPMAX k 2"),
          "hash", List.of("HGETALL k", "HSET k another 1", "HGET k f", "HRANDFIELD k 3"),
          "stream", List.of("EXISTS k"));

  private static List<byte[]> payloads() throws IOException {
    try (InputStream in = DamagedPayloadTest.class.getResourceAsStream("/rdb/dump-payloads.json")) {
      List<byte[]> payloads = new ArrayList<>();
      for (JsonNode one : new ObjectMapper().readTree(in)) {
        payloads.add(HexFormat.of().parseHex(one.get("redis70").asText()));
        payloads.add(HexFormat.of().parseHex(one.get("valkey80").asText()));
      }
      return payloads;
    }
  }

  @Test
  void shouldRestoreWhatTheServersDumped() throws IOException {
    for (byte[] payload : payloads()) {
      run("RESTORE", "k", "0", text(payload), "REPLACE").replies("+OK");
      use();
    }
  }

  @Test
  void shouldRefuseOrHoldWhatIsDamaged() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (byte[] payload : payloads()) {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] bad = payload.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
          int at = random.nextInt(bad.length - FOOTER_BYTES);
          bad[at] =
              (byte)
                  (random.nextBoolean()
                      ? random.nextInt(256)
                      : bad[at] + (random.nextBoolean() ? 1 : -1));
        }
        sign(bad);
        try {
          String reply = run("RESTORE", "k", "0", text(bad), "REPLACE").reply();
          assertThat(reply).isIn("+OK\r\n", "-ERR Bad data format\r\n");
          use();
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("seed " + seed + ": " + HexFormat.of().formatHex(bad), e);
        }
      }
    }
  }

  private void use() {
    String type = run("TYPE", "k").reply().strip().substring(1);
    for (String reader : READERS.getOrDefault(type, List.of())) {
      assertThat(run(reader.split(" ")).reply()).doesNotStartWith("-");
    }
    if (READERS.containsKey(type)) {
      run("COPY", "k", "copy", "REPLACE");
      run("DUMP", "k");
      run("DEL", "k");
    }
  }

  private static void sign(byte[] payload) {
    long copy = Memory.allocate(payload.length);
    Memory.copy(payload, 0, copy, payload.length);
    long crc = Crc64.update(0, copy, payload.length - 8L);
    Memory.free(copy);
    for (int i = 0; i < 8; i++) {
      payload[payload.length - 8 + i] = (byte) (crc >>> 8 * i);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
