package io.hashslot.persist.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.Kind;
import io.hashslot.value.StringEncoding;
import io.hashslot.value.StringValue;
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
            continue; // collections are restored where there is a keyspace
          }
          Text read = new Text();
          DumpPayload.read(payload.address, payload.length, read);
          assertThat(read.text)
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

  private static final class Text implements DumpPayload.Sink {
    String text = "";

    @Override
    public void string(long address, int length) {
      text = new String(NativeMemory.read(address, length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void collection(Kind kind, RdbVisitor.Reading reading) {
      throw new AssertionError("a " + kind + " in place of a string");
    }
  }

  private static String dump(byte[] value, int version) {
    NativeOutput out = new NativeOutput(16);
    try (NativeMemory memory = new NativeMemory(value);
        RdbEncoder encoder = new RdbEncoder(out, true)) {
      StringValue string =
          new StringValue().wrap(memory.address, memory.length, StringEncoding.RAW);
      DumpPayload.write(out, encoder, version, string);
      return HexFormat.of().formatHex(out.toBytes());
    } finally {
      out.release();
    }
  }
}
