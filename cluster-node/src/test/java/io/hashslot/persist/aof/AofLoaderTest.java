package io.hashslot.persist.aof;

import static io.hashslot.persist.aof.AofFiles.command;
import static io.hashslot.persist.aof.AofFiles.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.command.CommandKit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of append-only files at a start, whole and damaged, as redis-server 7.0.15 and
 * valkey-server 8.0.1 treat them.
 */
class AofLoaderTest {
  private static final String INCR_1 = "appendonlydir/appendonly.aof.1.incr.aof";
  private static final String INCR_2 = "appendonlydir/appendonly.aof.2.incr.aof";

  /** A snapshot of version 9 with the key {@code base} = {@code old}, without a checksum. */
  private static final String SNAPSHOT =
      "REDIS0009" + (char) 254 + (char) 0 + (char) 0 + "\4base\3old" + (char) 255 + "\0".repeat(8);

  @TempDir Path dir;
  private final CommandKit kit = new CommandKit(16, false);
  private AofFiles files;

  @BeforeEach
  void folder() {
    files = new AofFiles(dir);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private String get(String key) {
    return kit.client().run("GET", key).reply();
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  private static final String NIL = "$-1\r\n";

  // Order

  @Test
  void shouldLoadTheBaseAndThenIncrementsInTheirOrder() throws IOException {
    files.increments(commands("SET a 1", "APPEND a 2"), commands("APPEND a 3"));
    files.write("appendonlydir/the.base", SNAPSHOT);
    files.write(
        "appendonlydir/appendonly.aof.manifest",
        """
        file appendonly.aof.1.incr.aof seq 1 type i
        file appendonly.aof.2.incr.aof seq 2 type i
        file the.base seq 1 type b
        file gone.aof seq 1 type h
        """);
    AofLoader.Loaded loaded = files.load(kit);
    assertThat(get("a")).isEqualTo(bulk("123"));
    assertThat(get("base")).isEqualTo(bulk("old"));
    assertThat(loaded.commands()).isEqualTo(3);
    assertThat(loaded.baseBytes()).isEqualTo(SNAPSHOT.length());
    assertThat(loaded.totalBytes())
        .isEqualTo(SNAPSHOT.length() + files.read(INCR_1).length() + files.read(INCR_2).length());
  }

  @Test
  void shouldBeginEachFileInDatabase0() throws IOException {
    files.increments(commands("SELECT 5", "SET a 1"), commands("SET b 2"));
    files.load(kit);
    assertThat(AofFiles.contents(kit))
        .isEqualTo("0 b :-1\r\n" + bulk("2") + "\n5 a :-1\r\n" + bulk("1") + "\n");
  }

  @Test
  void shouldLoadASnapshotThatIsFollowedByCommands() throws IOException {
    files.increments(SNAPSHOT + commands("APPEND base er", "SET tail 1"));
    files.load(kit);
    assertThat(get("base")).isEqualTo(bulk("older"));
    assertThat(get("tail")).isEqualTo(bulk("1"));
  }

  @Test
  void shouldCutOffATailBehindASnapshot() throws IOException {
    files.increments(SNAPSHOT + "*1\r\n$3\r\nSE");
    files.load(kit);
    assertThat(files.read(INCR_1)).isEqualTo(SNAPSHOT);
  }

  @Test
  void shouldRefuseAKeyOfASnapshotThatIsThereAlready() throws IOException {
    files.increments(commands("SET base 1"), SNAPSHOT);
    assertThatThrownBy(() -> files.load(kit))
        .isInstanceOf(AofException.class)
        .hasMessageContaining("Error reading the RDB preamble of the AOF file");
  }

  @Test
  void shouldRefuseASnapshotThatIsCutOff() throws IOException {
    files.increments(SNAPSHOT.substring(0, 18));
    assertThatThrownBy(() -> files.load(kit)).isInstanceOf(AofException.class);
    assertThat(files.read(INCR_1)).hasSize(18);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16})
  void shouldKeepTheOrderOfEachKeyWhateverTheCommandsTouch(int shards) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    StringBuilder file = new StringBuilder();
    try (CommandKit serial = new CommandKit(shards, false);
        CommandKit parallel = new CommandKit(shards, false)) {
      CommandKit.Client client = serial.client();
      for (int i = 0; i < 6000; i++) {
        String[] words = randomCommand(random);
        client.run(words);
        file.append(command(words));
      }
      files.increments(file.toString());
      files.load(parallel);
      assertThat(AofFiles.contents(parallel))
          .as("seed %d", seed)
          .isEqualTo(AofFiles.contents(serial));
    }
  }

  private static String[] randomCommand(Random random) {
    String one = "key:" + random.nextInt(40);
    String other = "key:" + random.nextInt(40);
    String value = "" + random.nextInt(1000);
    String text =
        switch (random.nextInt(400)) {
          case 0 -> "FLUSHDB";
          case 1 -> "SWAPDB 0 1";
          case 2, 3 -> "SELECT " + random.nextInt(2);
          case 4, 5, 6, 7 -> "MSET " + one + " " + value + " " + other + " x";
          case 8, 9, 10, 11 -> "RENAME " + one + " " + other;
          case 12, 13, 14 -> "COPY " + one + " " + other + " DB 1 REPLACE";
          default ->
              switch (random.nextInt(6)) {
                case 0 -> "SET " + one + " " + value;
                case 1 -> "APPEND " + one + " " + value;
                case 2 -> "RPUSH " + one + "l " + value;
                case 3 -> "HSET " + one + "h " + value + " " + other;
                case 4 -> "DEL " + one;
                default -> "INCR " + one;
              };
        };
    return text.split(" ");
  }

  // Ends

  @Test
  void shouldCutAFileThatEndsWithinACommandAtAnyByte() throws IOException {
    String whole = commands("SET a 1", "SET b 2");
    String tail = command("SET", "c", "longer\r\nvalue");
    for (int cut = 1; cut < tail.length(); cut++) {
      files.increments(whole + tail.substring(0, cut));
      try (CommandKit fresh = new CommandKit(1, false)) {
        AofLoader.Loaded loaded = files.load(fresh);
        assertThat(loaded.commands()).as("cut after %d", cut).isEqualTo(2);
        assertThat(loaded.totalBytes()).isEqualTo(whole.length());
        assertThat(files.read(INCR_1)).as("cut after %d", cut).isEqualTo(whole);
      }
    }
  }

  @Test
  void shouldRefuseAFileThatEndsTooEarlyIfToldSo() throws IOException {
    files.increments(commands("SET a 1") + "*3\r\n$3\r\nSET");
    String before = files.listing();
    assertThatThrownBy(() -> files.load(kit, false))
        .isInstanceOf(AofException.class)
        .hasMessageContaining(
            "Unexpected end of file reading the append only file appendonly.aof.1.incr.aof");
    assertThat(files.listing()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SET b 2", "SET b 2|SELECT 3|SET c 3", ""})
  void shouldForgetATransactionThatDoesNotEnd(String queued) throws IOException {
    String whole = commands("SET a 1");
    String open = command("MULTI") + (queued.isEmpty() ? "" : commands(queued.split("\\|")));
    files.increments(whole + open);
    files.load(kit);
    assertThat(files.read(INCR_1)).isEqualTo(whole);
    assertThat(AofFiles.contents(kit)).isEqualTo("0 a :-1\r\n" + bulk("1") + "\n");
    files.increments(whole + open + "*1\r\n$4\r\nEX");
    try (CommandKit again = new CommandKit(4, false)) {
      files.load(again);
      assertThat(files.read(INCR_1)).isEqualTo(whole);
    }
  }

  @Test
  void shouldCutAFileThatIsNotTheLastButNotGoOn() throws IOException {
    files.increments(commands("SET a 1") + "*3\r\n", commands("SET b 2"));
    assertThatThrownBy(() -> files.load(kit))
        .isInstanceOf(AofException.class)
        .hasMessageContaining("the truncated file appendonly.aof.1.incr.aof is not the last file");
    try (CommandKit next = new CommandKit(4, false)) {
      assertThat(files.load(next).commands()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "garbage",
        "*3\\r\\n$3\\r\\nSET\\r\\n$1\\r\\nc\\r\\n$1\\r\\n3xx",
        "*3\\n$3\\nSET\\n$1\\nc\\n$1\\n3\\n",
        "*0\\r\\n",
        "*-1\\r\\n",
        "*1\\r\\n$-1\\r\\n",
        "*1\\r\\n:3\\r\\n",
        "*99999999999\\r\\n",
        "*1\\r\\n$4 \\r\\nPING\\r\\n",
        "*1\\r\\n#TS:1\\r\\n$4\\r\\nPING\\r\\n",
        "\\0\\0\\0\\0",
        "SET c 3\\r\\n"
      })
  void shouldRefuseGarbageAndLeaveItAlone(String garbage) throws IOException {
    String bytes = garbage.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    files.increments(commands("SET a 1") + bytes);
    assertThatThrownBy(() -> files.load(kit))
        .isInstanceOf(AofException.class)
        .hasMessageContaining(
            "Bad file format reading the append only file appendonly.aof.1.incr.aof at offset "
                + commands("SET a 1").length());
    assertThat(files.read(INCR_1)).isEqualTo(commands("SET a 1") + bytes);
  }

  @Test
  void shouldSkipAnnotationsBetweenCommands() throws IOException {
    String content =
        "#TS:1795336421\r\n" + commands("SET a 1") + "# by hand\n#TS:1\r\n" + commands("SET b 2");
    files.increments(content + "#TS:2\r\n");
    assertThat(files.load(kit).commands()).isEqualTo(2);
    assertThat(files.read(INCR_1)).hasSize(content.length() + 7);
    files.increments(content + "#TS:2");
    try (CommandKit again = new CommandKit(1, false)) {
      files.load(again);
      assertThat(files.read(INCR_1)).isEqualTo(content);
    }
  }

  @Test
  void shouldRefuseAnnotationsOfMoreThanAKilobyte() throws IOException {
    files.increments("#" + "x".repeat(1022) + "\n" + "#" + "x".repeat(1023) + "\n");
    assertThatThrownBy(() -> files.load(kit)).hasMessageContaining("Bad file format");
  }

  @Test
  void shouldTakeEmptyFilesForEmptyData() throws IOException {
    files.increments("", "");
    AofLoader.Loaded loaded = files.load(kit);
    assertThat(loaded.found()).isTrue();
    assertThat(loaded.totalBytes()).isZero();
    files.increments(commands("SET a 1"), "");
    assertThat(files.load(kit).commands()).isEqualTo(1);
  }

  // Commands

  @Test
  void shouldRefuseCommandsItDoesNotKnow() throws IOException {
    files.increments(commands("SET a 1", "NOSUCH a"));
    assertThatThrownBy(() -> files.load(kit))
        .isInstanceOf(AofException.class)
        .hasMessageContaining(
            "Unknown command 'NOSUCH' reading the append only file appendonly.aof.1.incr.aof");
    files.increments(commands("MULTI", "NOSUCH a", "EXEC"));
    assertThatThrownBy(() -> files.load(kit)).hasMessageContaining("Unknown command 'NOSUCH'");
  }

  @Test
  void shouldRefuseCommandsWithoutTheirArguments() throws IOException {
    files.increments(commands("SET a 1", "SET a"));
    assertThatThrownBy(() -> files.load(kit)).hasMessageContaining("Bad file format");
  }

  @Test
  void shouldGoOnBehindCommandsThatFail() throws IOException {
    files.increments(
        commands(
            "SET a x",
            "INCR a",
            "RPUSH a 1",
            "SELECT 99",
            "EXEC",
            "SET a 2 NOSUCH",
            "SET b 1",
            "MULTI",
            "MULTI",
            "INCR a",
            "SET c 1",
            "EXEC"));
    AofLoader.Loaded loaded = files.load(kit);
    assertThat(loaded.errors()).isEqualTo(7);
    assertThat(get("a")).isEqualTo(bulk("x"));
    assertThat(get("b")).isEqualTo(bulk("1"));
    assertThat(get("c")).isEqualTo(bulk("1"));
  }

  @Test
  void shouldExecuteNothingButCommandsOnData() throws IOException {
    files.increments(
        commands("PING", "CLIENT KILL TYPE normal", "WATCH a", "SET a 1", "RESET", "QUIT"));
    assertThat(files.load(kit).errors()).isEqualTo(4);
    assertThat(get("a")).isEqualTo(bulk("1"));
  }

  @Test
  void shouldKeepKeysWhoseTimeHasCome() throws IOException {
    files.increments(
        commands(
            "SET a 1 PXAT 1000",
            "INCR a",
            "SET b 1",
            "PEXPIREAT b 1000",
            "APPEND b 2",
            "RPUSH c 1",
            "PEXPIREAT c 1",
            "RPUSHX c 2"));
    files.load(kit);
    assertThat(kit.keyspace().size(0)).isEqualTo(3);
    kit.state().replica(true);
    CommandKit.Client client = kit.client().asPrimary();
    client.run("RENAME", "a", "a2");
    client.run("PERSIST", "a2");
    client.run("PERSIST", "b");
    client.run("PERSIST", "c");
    kit.state().replica(false);
    assertThat(get("a2")).isEqualTo(bulk("2"));
    assertThat(get("b")).isEqualTo(bulk("12"));
    kit.client().run("LLEN", "c").replies(":2");
  }

  @Test
  void shouldTellNobody() throws IOException {
    long before = kit.environment().journal().end();
    files.increments(commands("SET a 1", "DEL a", "FLUSHALL", "SET a 1", "INCR a", "RPUSH a 1"));
    files.load(kit);
    assertThat(kit.environment().journal().recording()).isTrue();
    assertThat(kit.environment().journal().end()).isEqualTo(before);
    assertThat(kit.environment().statistics().commands()).isZero();
    assertThat(kit.environment().statistics().errors()).isEmpty();
    assertThat(kit.environment().slowLog().entries()).isEmpty();
  }

  @Test
  void shouldReadCommandsLargerThanItsWindow() throws IOException {
    String large = "v".repeat(5_000_000);
    files.increments(command("SET", "a", large) + commands("SET b 1"));
    files.load(kit);
    kit.client().run("STRLEN", "a").replies(":5000000");
    assertThat(get("b")).isEqualTo(bulk("1"));
    files.increments(command("SET", "a", large).substring(0, 4_000_000));
    assertThat(files.load(kit).totalBytes()).isZero();
  }

  // Files that are missing, and old ones

  @Test
  void shouldRefuseAManifestThatListsAFileWhichIsNotThere() throws IOException {
    files.increments(commands("SET a 1"), commands("SET a 2"));
    Files.delete(dir.resolve(INCR_1));
    assertThatThrownBy(() -> files.load(kit))
        .isInstanceOf(AofException.class)
        .hasMessageContaining("appendonly.aof.1.incr.aof");
    kit.client().run("DBSIZE").replies(":0");
  }

  @Test
  void shouldLoadNothingThatIsNotListed() throws IOException {
    files.write(INCR_1, commands("SET a 1"));
    assertThat(files.load(kit).found()).isFalse();
    files.write("appendonlydir/appendonly.aof.manifest", "# nothing\n");
    assertThat(files.load(kit).found()).isFalse();
    kit.client().run("DBSIZE").replies(":0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTakeOverTheSingleFileOfOldVersions(boolean snapshot) throws IOException {
    String content = (snapshot ? SNAPSHOT : "") + commands("SET a 1");
    files.write("appendonly.aof", content);
    AofLoader.Loaded loaded = files.load(kit);
    assertThat(get("a")).isEqualTo(bulk("1"));
    assertThat(loaded.baseBytes()).isEqualTo(content.length());
    assertThat(files.listing())
        .isEqualTo(
            "appendonlydir/appendonly.aof %d\nappendonlydir/appendonly.aof.manifest 33\n"
                .formatted(content.length()));
    assertThat(files.read("appendonlydir/appendonly.aof.manifest"))
        .isEqualTo("file appendonly.aof seq 1 type b\n");
  }

  @Test
  void shouldCarryAnUpgradeOnThatWasInterrupted() throws IOException {
    files.write("appendonly.aof", commands("SET a 1"));
    files.write("appendonlydir/appendonly.aof.manifest", "file appendonly.aof seq 1 type b\n");
    files.load(kit);
    assertThat(get("a")).isEqualTo(bulk("1"));
    assertThat(dir.resolve("appendonly.aof")).doesNotExist();
  }

  @Test
  void shouldLeaveAnOldFileAloneIfThereIsAManifest() throws IOException {
    files.write("appendonly.aof", commands("SET old 1"));
    files.increments(commands("SET a 1"));
    files.load(kit);
    assertThat(get("old")).isEqualTo(NIL);
    assertThat(dir.resolve("appendonly.aof")).exists();
  }

  // Damage

  /** Mutations of real files; more with {@code -Daof.mutations=100000}. */
  private static final int MUTATIONS = Integer.getInteger("aof.mutations", 200);

  @Test
  void shouldLoadOrRefuseWhateverIsInAFile() throws IOException {
    long seed = Long.getLong("aof.seed", System.nanoTime());
    Random random = new Random(seed);
    byte[][] originals = {
      Files.readAllBytes(
          AofFiles.samples()
              .resolve("valkey80-aof-base-timestamps/appendonlydir/appendonly.aof.2.incr.aof")),
      Files.readAllBytes(
          AofFiles.samples().resolve("redis70-history/appendonlydir/appendonly.aof.1.incr.aof")),
      Files.readAllBytes(AofFiles.samples().resolve("old-style-preamble/appendonly.aof"))
    };
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] content = mutated(originals[random.nextInt(originals.length)], random);
      files.increments(new String(content, StandardCharsets.ISO_8859_1));
      try (CommandKit fresh = new CommandKit(4, false)) {
        files.load(fresh, random.nextBoolean());
      } catch (AofException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      } catch (Throwable other) {
        throw new AssertionError(
            "seed " + seed + ", mutation " + i + ": " + HexFormat.of().formatHex(content), other);
      }
    }
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) ('0' + random.nextInt(10));
        case 3 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
        default -> {
          byte[] twice = java.util.Arrays.copyOf(bytes, bytes.length + bytes.length - at);
          System.arraycopy(bytes, at, twice, bytes.length, bytes.length - at);
          bytes = twice;
        }
      }
    }
    return bytes;
  }
}
