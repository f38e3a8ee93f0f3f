package io.hashslot.persist.rdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Files and tables made with redis-server 7.0.15 and valkey-server 8.0.1. */
public final class Vectors {
  private Vectors() {}

  public static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(bytes(name));
  }

  public static byte[] bytes(String name) throws IOException {
    try (InputStream in = Vectors.class.getResourceAsStream("/rdb/" + name)) {
      if (in == null) {
        throw new IOException("no vector " + name);
      }
      return in.readAllBytes();
    }
  }

  /** A string of a vector: text, or {@code {"hex": …}}. */
  public static String text(JsonNode node) {
    return node.isTextual()
        ? node.asText()
        : new String(hex(node.get("hex").asText()), StandardCharsets.ISO_8859_1);
  }

  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
