package io.hashslot.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a comparison goes: tables to the terminal and to Markdown, every single run to JSON, both
 * below {@code target/benchmarks}.
 */
final class Results {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String mode;
  private final Instant startedAt;
  private final List<ServerSpec> servers;
  private final PrintWriter out;

  Results(String mode, List<ServerSpec> servers, Clock clock, PrintWriter out) {
    this.mode = mode;
    this.servers = servers;
    this.out = out;
    startedAt = Instant.ofEpochMilli(clock.wallMs());
  }

  /** Tells the watcher how far it is. */
  void progress(String line) {
    out.println(line);
    out.flush();
  }

  /** Prints the tables and writes both files. */
  void write(String tables, Map<String, ?> data) throws IOException {
    out.println();
    out.println(tables);
    Path directory = ServerSettings.root().resolve("target/benchmarks");
    Files.createDirectories(directory);
    Path base = directory.resolve(mode + "-" + STAMP.format(startedAt));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("mode", mode);
    document.put("startedAt", startedAt.toString());
    document.put("machine", machine());
    document.put("servers", servers);
    document.putAll(data);
    Files.writeString(
        Path.of(base + ".json"),
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(document)
            + "\n");
    Files.writeString(
        Path.of(base + ".md"),
        "# " + mode + ", " + startedAt + "\n\n" + machine() + "\n\n" + tables,
        StandardCharsets.UTF_8);
    out.println("written: " + base + ".json, .md");
    out.flush();
  }

  /** Says in one line what all figures depend on. */
  private static String machine() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    String model =
        Files.exists(info)
            ? Files.readAllLines(info, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor")
            : "unknown processor";
    Path congestion = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");
    return "%s, %s, %s %s, TCP %s, JDK %s"
        .formatted(
            model,
            System.getProperty("os.arch"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Files.exists(congestion) ? Files.readString(congestion).strip() : "unknown",
            System.getProperty("java.version"));
  }

  /** Formats a number with {@code decimals} places, as tables show it. */
  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
