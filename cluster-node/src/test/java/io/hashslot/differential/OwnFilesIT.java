package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RunningNode;
import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our snapshots, full of random values of all types, are sound to the tools of the C servers, and
 * hold the same data in those that can read their version. {@code -Dhashslot.fuzz.seed=n} makes the
 * same data again, {@code -Dhashslot.saved.requests=n} more of it.
 */
class OwnFilesIT {
  static final long SEED = Long.getLong("hashslot.fuzz.seed", System.nanoTime());
  private static final int REQUESTS = Integer.getInteger("hashslot.saved.requests", 1500);

  /** So that nothing ends before it is compared. */
  private static final String FAR = "4102444800000";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"10, yes", "11, no"})
  void filesOfOursAreSoundAndHoldTheSameDataElsewhere(int version, String compression)
      throws Exception {
    List<Oracle> readers =
        version == 10 ? List.of(Oracle.REDIS, Oracle.VALKEY) : List.of(Oracle.VALKEY);
    readers.forEach(Oracle::program);
    Path own = Files.createDirectories(folder.resolve("ours"));
    copyOf("redis70-functions", own);
    List<String> digests;
    try (RunningNode node = node(own, version, compression);
        Server ours = new Server(node.port())) {
      fill(ours);
      assertThat(ours.run("SAVE").head()).isEqualTo("+OK");
      digests = digests(ours);
    }
    Path file = own.resolve("dump.rdb");
    assertThat(new String(Files.readAllBytes(file), 0, 9, "US-ASCII"))
        .isEqualTo("REDIS00" + version);
    for (Oracle reader : readers) {
      assertThat(checked(reader, file)).as("seed " + SEED).contains("RDB looks OK!");
      assertThat(loadedBy(reader, file))
          .as(reader + ", seed " + SEED)
          .containsExactlyElementsOf(digests);
    }
    try (RunningNode again = node(own, version, compression);
        Server ours = new Server(again.port())) {
      assertThat(digests(ours)).as("seed " + SEED).containsExactlyElementsOf(digests);
    }
  }

  private static RunningNode node(Path own, int version, String compression) throws Exception {
    List<String> words = new ArrayList<>(Pair.SMALL_FORMS);
    words.addAll(List.of("--enable-debug-command", "yes", "--rdbcompression", compression));
    words.addAll(List.of("--rdb-version-compat", "" + version));
    return new RunningNode(own, words.toArray(String[]::new));
  }

  /** Replaces all data by random values of all types; nothing of it will expire. */
  static void fill(Server ours) throws IOException {
    ours.run("FLUSHALL");
    fill(ours, new Random(SEED), REQUESTS);
  }

  /** Goes on with random commands for a while. */
  static void further(Server ours) throws IOException {
    fill(ours, new Random(~SEED), REQUESTS / 4);
  }

  private static void fill(Server ours, Random random, int requests) throws IOException {
    for (int i = 0; i < requests; i++) {
      if (i % 50 == 0) {
        ours.run("SELECT", random.nextBoolean() ? "0" : "2");
      }
      Streams type = Streams.TYPES.get(random.nextInt(Streams.TYPES.size()));
      List<Shape> shapes = type.shapes();
      ours.run(List.of(shapes.get(random.nextInt(shapes.size())).step(random)));
    }
    for (String database : List.of("0", "2")) {
      ours.run("SELECT", database);
      large(ours, random);
      for (RawReply key : ours.run("KEYS", "*").items()) {
        plainScores(ours, key.body());
        if (random.nextInt(3) == 0) {
          ours.run("PEXPIREAT", key.body(), FAR);
        } else {
          ours.run("PERSIST", key.body());
        }
      }
    }
  }

  /**
   * Replaces scores that Redis 7.0 and Valkey 8.0 write with different digits: their digests are
   * made from the text.
   */
  private static void plainScores(Server ours, String key) throws IOException {
    if (!ours.run("TYPE", key).head().equals("+zset")) {
      return;
    }
    List<RawReply> members = ours.run("ZRANGE", key, "0", "-1", "WITHSCORES").items();
    for (int i = 0; i < members.size(); i += 2) {
      String score = members.get(i + 1).body();
      if (!score.matches("-?(inf|\\d{1,15})")) {
        ours.run("ZADD", key, "1", members.get(i).body());
      }
    }
  }

  /**
   * Values that are large, or that random streams seldom make. Scores are such that both C servers
   * have the same digest of them.
   */
  private static void large(Server ours, Random random) throws IOException {
    for (int i = 0; i < 300; i++) {
      String text = "x".repeat(random.nextInt(60)) + random.nextLong();
      ours.run("HSET", "large:hash", text, text);
      ours.run("SADD", "large:set", text);
      ours.run("SADD", "large:intset", "" + random.nextLong());
      ours.run("ZADD", "large:zset", "" + random.nextInt() / 8.0, text);
      ours.run("RPUSH", "large:list", text, "" + i);
      ours.run("XADD", "large:stream", "*", "field", text, "n", "" + i);
    }
    ours.run("ZADD", "large:zset", "inf", "+", "-inf", "-", "-0", "0");
    ours.run("RPUSH", "large:list", "y".repeat(70_000));
    ours.run("SET", "large:string", "abcdefghij".repeat(30_000));
    ours.run("XGROUP", "CREATE", "large:stream", "group", "0");
    ours.run("XREADGROUP", "GROUP", "group", "one", "COUNT", "7", "STREAMS", "large:stream", ">");
    ours.run("XGROUP", "CREATECONSUMER", "large:stream", "group", "idle");
  }

  private static void copyOf(String name, Path folder) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OwnFilesIT.class.getResourceAsStream("/rdb/" + name + ".rdb"))) {
      Files.copy(in, folder.resolve("dump.rdb"));
    }
  }

  private static String checked(Oracle reader, Path file) throws Exception {
    String tool = reader.program().replace("server", "check-rdb");
    Process process = new ProcessBuilder(tool, file.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), "ISO-8859-1");
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private List<String> loadedBy(Oracle reader, Path file) throws Exception {
    Path other = Files.createDirectories(folder.resolve(reader.name()));
    Files.copy(file, other.resolve("dump.rdb"));
    try (OracleServer server =
            OracleServer.start(reader, other, "--save", "", "--enable-debug-command", "yes");
        Server theirs = new Server(server.port())) {
      assertThat(theirs.run("FUNCTION", "LIST").items()).hasSize(2);
      return digests(theirs);
    }
  }

  /** The digest of each value, by database and key, and of all data together. */
  static List<String> digests(Server server) throws IOException {
    List<String> digests = new ArrayList<>();
    for (String database : List.of("0", "2")) {
      server.run("SELECT", database);
      for (RawReply key : server.run("KEYS", "*").items()) {
        String digest = server.run("DEBUG", "DIGEST-VALUE", key.body()).text();
        digests.add(database + " " + new Step(key.body()) + " " + digest);
      }
    }
    digests.sort(null);
    digests.add(server.run("DEBUG", "DIGEST").text());
    return digests;
  }
}
