package io.hashslot.persist.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hashslot.resp.NativeOutput;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DumpPayloadTest {
  @Test
  void payloadsOfTheServersAreRestored() throws Exception {
    for (JsonNode one : Vectors.json("dump-payloads.json")) {
      for (String server : new String[] {"redis70", "valkey80"}) {
        try (NativeMemory payload = new NativeMemory(Vectors.hex(one.get(server).asText()))) {
          assertThat(DumpPayload.valid(payload.address, payload.length)).isTrue();
          if (one.get("type").asInt() != 0) {
            assertThatThrownBy(
                    () -> DumpPayload.read(payload.address, payload.length, (_, _) -> {}))
                .hasMessageContaining("cannot be held yet");
            continue;
          }
          String[] read = new String[1];
          DumpPayload.read(
              payload.address,
              payload.length,
              (address, length) ->
                  read[0] =
                      new String(NativeMemory.read(address, length), StandardCharsets.ISO_8859_1));
          assertThat(read[0])
              .as(one.get("name").asText())
              .isEqualTo(Vectors.text(one.get("value")));
        }
      }
    }
  }

  @Test
  void payloadsEqualThoseOfTheServersUnlessTheyCompressDifferently() throws Exception {
    for (JsonNode one : Vectors.json("dump-payloads.json")) {
      if (one.get("type").asInt() != 0
          || one.get("name").asText().endsWith("-lzf")
          || one.get("name").asText().equals("hll")) {
        continue;
      }
      byte[] value = Vectors.text(one.get("value")).getBytes(StandardCharsets.ISO_8859_1);
      assertThat(dump(value, 10))
          .as(one.get("name").asText())
          .isEqualTo(one.get("redis70").asText());
      assertThat(dump(value, 11))
          .as(one.get("name").asText())
          .isEqualTo(one.get("valkey80").asText());
    }
  }

  @Test
  void damagedOrTooNewPayloadsAreRefused() throws Exception {
    byte[] good = HexFormat.of().parseHex(dump("hello".getBytes(StandardCharsets.US_ASCII), 11));
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      try (NativeMemory memory = new NativeMemory(bad)) {
        assertThat(DumpPayload.valid(memory.address, memory.length)).isFalse();
      }
    }
    try (NativeMemory tooNew = new NativeMemory(HexFormat.of().parseHex(dump(new byte[3], 12)));
        NativeMemory tooShort = new NativeMemory(new byte[9])) {
      assertThat(DumpPayload.valid(tooNew.address, tooNew.length)).isFalse();
      assertThat(DumpPayload.valid(tooShort.address, tooShort.length)).isFalse();
    }
  }

  private static String dump(byte[] value, int version) {
    NativeOutput out = new NativeOutput(16);
    try (NativeMemory memory = new NativeMemory(value);
        RdbEncoder encoder = new RdbEncoder(out, true)) {
      DumpPayload.writeString(out, encoder, version, memory.address, memory.length);
      return HexFormat.of().formatHex(out.toBytes());
    } finally {
      out.release();
    }
  }
}
