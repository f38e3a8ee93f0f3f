package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.oracle.Oracle;
import io.hashslot.oracle.OracleServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Long lists go through the same forms as those of valkey-server: which one a list has depends on
 * how its chunks were split, merged and emptied, so this compares all of that. And they can be
 * exchanged with both C servers.
 */
class ListFormsIT {
  private static final String[] SIDES = {"LEFT", "RIGHT"};
  private static final List<String> KEYS = List.of("{l}a", "{l}b");

  private static Pair pair;

  @BeforeAll
  static void start() throws Exception {
    pair = Pair.start(64);
  }

  @AfterAll
  static void stop() throws IOException {
    if (pair != null) {
      pair.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"-2, 0", "-1, 0", "-1, 1", "4, 0", "64, 2", "0, 1", "-5, 0"})
  void sameRepliesAndFormsAfterEachStep(String size, String depth) throws IOException {
    Random random = new Random(Long.parseLong(size) * 31 + Long.parseLong(depth));
    for (Server server : List.of(pair.ours(), pair.theirs())) {
      server.run("FLUSHALL");
      server.run("CONFIG", "SET", "list-max-listpack-size", size, "list-compress-depth", depth);
    }
    for (int round = 0; round < 60; round++) {
      List<Step> steps = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        steps.add(new Step(step(random).toArray(String[]::new)));
        KEYS.forEach(key -> steps.add(new Step("OBJECT", "ENCODING", key)));
      }
      assertThat(texts(pair.ours().run(steps)))
          .as("round %d of %s", round, steps)
          .isEqualTo(texts(pair.theirs().run(steps)));
    }
    for (String key : KEYS) {
      assertThat(whole(pair.ours(), key)).isEqualTo(whole(pair.theirs(), key));
    }
  }

  private static List<String> texts(List<RawReply> replies) {
    return replies.stream().map(RawReply::text).toList();
  }

  private static String whole(Server server, String key) throws IOException {
    return server.run("LRANGE", key, "0", "-1").text();
  }

  private static List<String> step(Random random) {
    String key = KEYS.get(random.nextInt(2));
    String place = Integer.toString(random.nextInt(60) - 30);
    String element = element(random);
    String side = SIDES[random.nextInt(2)];
    return switch (random.nextInt(13)) {
      case 0, 1, 2 -> push(random, key);
      case 3 -> List.of("LSET", key, place, element);
      case 4, 5 -> List.of("LINSERT", key, "AFTER", "e" + random.nextInt(30), element);
      case 6 -> List.of("LINSERT", key, "BEFORE", "e" + random.nextInt(30), element);
      case 7 -> List.of("LPOP", key, "" + random.nextInt(6));
      case 8 -> List.of("RPOP", key);
      case 9 -> List.of("LREM", key, "" + (random.nextInt(5) - 2), "e" + random.nextInt(30));
      case 10 -> List.of("LMOVE", key, KEYS.get(random.nextInt(2)), side, SIDES[random.nextInt(2)]);
      case 11 -> List.of("LMPOP", "2", "{l}b", "{l}a", side, "COUNT", "" + (1 + random.nextInt(9)));
      default ->
          random.nextInt(5) == 0
              ? List.of("LTRIM", key, "" + random.nextInt(20), "-" + (1 + random.nextInt(20)))
              : List.of("LTRIM", key, "" + random.nextInt(2), "-1");
    };
  }

  private static List<String> push(Random random, String key) {
    List<String> words = new ArrayList<>(List.of(random.nextBoolean() ? "LPUSH" : "RPUSH", key));
    for (int i = random.nextInt(random.nextInt(4) == 0 ? 40 : 3); i >= 0; i--) {
      words.add(element(random));
    }
    return words;
  }

  private static String element(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> Long.toString(random.nextLong());
      case 1 -> "z".repeat(random.nextInt(3000));
      case 2 -> random.nextInt(6) == 0 ? "large".repeat(random.nextInt(15_000)) : "";
      case 3 -> "middle".repeat(50);
      default -> "e" + random.nextInt(30);
    };
  }

  @Test
  void listsAreExchangedWithBothServersInBothDirections(@TempDir Path folder) throws Exception {
    for (Oracle oracle : Oracle.values()) {
      try (OracleServer running = OracleServer.start(oracle, folder, "--save", "");
          Server theirs = new Server(running.port())) {
        exchange(theirs, "0");
        exchange(theirs, "1");
      }
    }
  }

  private static void exchange(Server theirs, String depth) throws IOException {
    Server ours = pair.ours();
    Random random = new Random(7);
    for (Server server : List.of(ours, theirs)) {
      server.run("FLUSHALL");
      server.run("CONFIG", "SET", "list-max-listpack-size", "-1", "list-compress-depth", depth);
    }
    for (int i = 0; i < 100; i++) {
      String[] push = push(random, "k" + random.nextInt(8)).toArray(String[]::new);
      ours.run(push);
      theirs.run(push);
    }
    for (int i = 0; i < 8; i++) {
      String key = "k" + i;
      String whole = whole(ours, key);
      assertThat(whole(theirs, key)).isEqualTo(whole);
      RawReply here = ours.run("DUMP", key);
      RawReply there = theirs.run("DUMP", key);
      assertThat(theirs.run("RESTORE", "from us", "0", here.body(), "REPLACE").head())
          .isEqualTo("+OK");
      assertThat(ours.run("RESTORE", "from them", "0", there.body(), "REPLACE").head())
          .isEqualTo("+OK");
      assertThat(whole(theirs, "from us")).isEqualTo(whole);
      assertThat(whole(ours, "from them")).isEqualTo(whole);
    }
  }
}
