package io.hashslot.persist.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hashslot.resp.NativeOutput;
import io.hashslot.structure.Lzf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RdbPrimitivesTest {
  @Test
  void checksumsEqualThoseOfTheServers() throws Exception {
    for (JsonNode one : Vectors.json("primitives.json").get("crc64")) {
      byte[] input =
          one.get("input_hex").isNull()
              ? "x".repeat(1000).getBytes(StandardCharsets.US_ASCII)
              : Vectors.hex(one.get("input_hex").asText());
      try (NativeMemory memory = new NativeMemory(input)) {
        assertThat(HexFormat.of().toHexDigits(Crc64.update(0, memory.address, memory.length)))
            .isEqualTo(one.get("crc64_hex").asText());
        int cut = input.length / 3;
        long twoSteps =
            Crc64.update(
                Crc64.update(0, memory.address, cut), memory.address + cut, input.length - cut);
        assertThat(HexFormat.of().toHexDigits(twoSteps)).isEqualTo(one.get("crc64_hex").asText());
      }
    }
  }

  @Test
  void lengthsAreWrittenInTheShortestFormAndReadBack() throws Exception {
    for (JsonNode one : Vectors.json("primitives.json").get("length_encoding")) {
      long value = Long.parseUnsignedLong(one.get("value").asText());
      NativeOutput out = new NativeOutput(16);
      try (RdbEncoder encoder = new RdbEncoder(out, true)) {
        encoder.length(value);
        assertThat(HexFormat.of().formatHex(out.toBytes())).isEqualTo(one.get("hex").asText());
        try (RdbInput in = RdbInput.of(out.address(), out.position())) {
          assertThat(in.length()).isEqualTo(value);
        }
      } finally {
        out.release();
      }
    }
  }

  @Test
  void stringsAreEncodedAsTheServersDo() throws Exception {
    for (JsonNode one : Vectors.json("primitives.json").get("string_encoding")) {
      byte[] text = one.get("value").asText().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(HexFormat.of().formatHex(encoded(text, false))).isEqualTo(one.get("hex").asText());
      assertThat(decoded(encoded(text, true))).isEqualTo(text);
    }
  }

  @Test
  void lzfOfTheServersIsUnderstood() throws Exception {
    for (JsonNode one : Vectors.json("primitives.json").get("lzf")) {
      String inputHex = one.path("input_hex").asText("");
      JsonNode compressedHex = one.get("compressed_hex");
      if (inputHex.isEmpty() || compressedHex == null || compressedHex.isNull()) {
        continue;
      }
      byte[] input = Vectors.hex(inputHex);
      try (NativeMemory packed = new NativeMemory(Vectors.hex(compressedHex.asText()));
          NativeMemory target = new NativeMemory(input.length)) {
        assertThat(Lzf.decompress(packed.address, packed.length, target.address, input.length))
            .isTrue();
        assertThat(NativeMemory.read(target.address, input.length)).isEqualTo(input);
      }
    }
  }

  @Property(tries = 300)
  void whateverIsEncodedIsDecoded(@ForAll @Size(max = 2000) byte[] bytes) throws Exception {
    assertThat(decoded(encoded(bytes, true))).isEqualTo(bytes);
    assertThat(decoded(encoded(bytes, false))).isEqualTo(bytes);
  }

  @Test
  void compressionShrinksWhatRepeatsAndSurvivesAnyMixture() throws Exception {
    assertThat(encoded("ab".repeat(5000).getBytes(StandardCharsets.US_ASCII), true))
        .hasSizeLessThan(200);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(40_000)];
      for (int at = 0; at < bytes.length; ) {
        int run = Math.min(bytes.length - at, 1 + random.nextInt(500));
        if (random.nextBoolean() && at > 0) {
          int from = random.nextInt(at);
          for (int i = 0; i < run; i++) {
            bytes[at + i] = bytes[from + i];
          }
        } else {
          for (int i = 0; i < run; i++) {
            bytes[at + i] = (byte) random.nextInt(256);
          }
        }
        at += run;
      }
      assertThat(decoded(encoded(bytes, true)))
          .as("seed " + seed + " round " + round)
          .isEqualTo(bytes);
    }
  }

  @Test
  void damagedLzfNeverWritesBeyondItsTarget() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] junk = new byte[1 + random.nextInt(40)];
      random.nextBytes(junk);
      int target = random.nextInt(64);
      byte[] guard = new byte[target + 300];
      try (NativeMemory packed = new NativeMemory(junk);
          NativeMemory memory = new NativeMemory(guard)) {
        Lzf.decompress(packed.address, packed.length, memory.address, target);
        byte[] after = NativeMemory.read(memory.address + target, 300);
        assertThat(after).as("seed " + seed).containsOnly(0);
      }
    }
  }

  private static byte[] encoded(byte[] bytes, boolean compress) {
    NativeOutput out = new NativeOutput(16);
    try (NativeMemory memory = new NativeMemory(bytes);
        RdbEncoder encoder = new RdbEncoder(out, compress)) {
      encoder.string(memory.address, memory.length);
      return out.toBytes();
    } finally {
      out.release();
    }
  }

  private static byte[] decoded(byte[] encoded) throws Exception {
    try (NativeMemory memory = new NativeMemory(encoded);
        RdbInput in = RdbInput.of(memory.address, memory.length);
        NativeBlock block = new NativeBlock()) {
      in.string(block);
      assertThat(in.offset()).isEqualTo(encoded.length);
      return block.toBytes();
    }
  }
}
