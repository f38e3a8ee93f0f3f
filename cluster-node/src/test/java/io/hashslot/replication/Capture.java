package io.hashslot.replication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replication link recorded between two real servers: what either said, a character for each
 * byte, and what INFO showed at the end.
 */
record Capture(JsonNode json) {
  /** One arrival. */
  record Part(int connection, boolean fromReplica, String text) {}

  static Capture read(String name) throws IOException {
    try (InputStream in = Capture.class.getResourceAsStream("/replication/" + name + ".json")) {
      return new Capture(new ObjectMapper().readTree(in));
    }
  }

  /** Numbers of the connections. */
  int[] connections() {
    return json.get("stream")
        .valueStream()
        .mapToInt(s -> s.get("conn").asInt())
        .distinct()
        .toArray();
  }

  /** What came over all connections, in the order of its coming. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : json.get("stream")) {
      if (part.has("hex")) {
        byte[] bytes = HexFormat.of().parseHex(part.get("hex").asText());
        boolean fromReplica = part.get("from").asText().equals("replica");
        String text = new String(bytes, ISO_8859_1);
        parts.add(new Part(part.get("conn").asInt(), fromReplica, text));
      }
    }
    return parts;
  }

  /** What came over one connection. */
  List<Part> parts(int connection) {
    return parts().stream().filter(part -> part.connection() == connection).toList();
  }

  /** All that one side said on a connection. */
  String said(int connection, boolean byReplica) {
    StringBuilder all = new StringBuilder();
    for (Part part : parts(connection)) {
      if (part.fromReplica() == byReplica) {
        all.append(part.text());
      }
    }
    return all.toString();
  }

  /** A field of INFO replication; {@code side} is {@code info_primary} or {@code info_replica}. */
  @Nullable String info(String side, String field) {
    JsonNode info = json.path(side);
    return info.isObject() && info.has(field) ? info.get(field).asText() : null;
  }
}
