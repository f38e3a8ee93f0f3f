package io.hashslot.persist.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.keyspace.Shards;
import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.DumpPayload;
import io.hashslot.persist.rdb.RdbEncoder;
import io.hashslot.persist.rdb.RdbFormatException;
import io.hashslot.persist.rdb.RdbReader;
import io.hashslot.resp.NativeOutput;
import io.hashslot.time.Clock;
import io.hashslot.value.ListSide;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several threads load what one would load. */
class SnapshotLoaderTest {
  private static final SnapshotLoader.Options KEEP =
      new SnapshotLoader.Options(true, SnapshotLoader.Expired.KEEP);

  /** Version of payloads in which all values can be compared. */
  private static final int PAYLOAD_VERSION = 11;

  static Stream<String> soundFiles() throws Exception {
    Path folder = vector("redis70-types.rdb").getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".rdb") && !name.startsWith("neg-"))
          .filter(name -> !name.matches("craft-v12.rdb|craft-v11-type24.rdb"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("soundFiles")
  void lanesBuildWhatOneThreadBuilds(String name) throws Exception {
    byte[] file = Files.readAllBytes(vector(name));
    for (int shards : new int[] {1, 16}) {
      assertThat(loaded(file, shards, false)).isEqualTo(builtByOneThread(file));
    }
    assertThat(loaded(file, 8, false)).isEqualTo(builtByOneThread(file));
  }

  @ParameterizedTest
  @CsvSource({"1,false", "16,false", "8,true"})
  void valuesOfAllKindsAndSizesComeBack(int shards, boolean cluster) throws Exception {
    long seed = System.nanoTime();
    Keyspace keyspace = keyspace(shards, cluster);
    fill(keyspace, new Random(seed));
    byte[] file = save(keyspace);
    assertThat(file.length).isGreaterThan(1_500_000);
    assertThat(loaded(file, shards, cluster)).as("seed " + seed).isEqualTo(contents(keyspace));
    close(keyspace);
  }

  @Test
  void aDamagedValueEndsTheLoadingWithItsPlaceAndLeavesNoMemoryBehind() throws Exception {
    Keyspace source = keyspace(1, false);
    fillSome(source, source.newKeys(KeyspaceEvents.NONE), new Random(7), 200);
    byte[] file = save(source);
    close(source);
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      byte[] bad = file.clone();
      bad[500 + random.nextInt(bad.length - 600)] ^= (byte) (1 + random.nextInt(255));
      Keyspace keyspace = keyspace(16, false);
      assertThatThrownBy(() -> load(bad, keyspace, new LoadingProgress(Clock.system())))
          .isInstanceOf(RdbFormatException.class)
          .hasMessageContaining(" at offset ");
      close(keyspace);
    }
    for (int length = 10; length < file.length; length += 1 + file.length / 15) {
      byte[] part = Arrays.copyOf(file, length);
      Keyspace keyspace = keyspace(16, false);
      assertThatThrownBy(() -> load(part, keyspace, new LoadingProgress(Clock.system())))
          .isInstanceOf(RdbFormatException.class);
      close(keyspace);
    }
  }

  @Test
  void sizesThatLieTakeNoMoreMemoryThanTheFileCouldFill() throws Exception {
    // 2^32 - 256 keys are announced, one comes.
    byte[] file =
        HexFormat.of()
            .parseHex(
                "524544495330303130" + "fe00fb80ffffff0000" + "0001610162" + "ff0000000000000000");
    Keyspace keyspace = keyspace(1, false);
    LoadingProgress progress = new LoadingProgress(Clock.system());
    progress.begin(file.length);
    assertThat(load(file, keyspace, progress).keys()).isEqualTo(1);
    assertThat(keyspace.usedBytes()).isLessThan(2000);
    close(keyspace);
  }

  @Test
  void tablesAreMadeForTheKeysThatWereAnnounced() throws Exception {
    Keyspace source = keyspace(4, false);
    Keys keys = source.newKeys(KeyspaceEvents.NONE);
    for (int i = 0; i < 5000; i++) {
      put(source, keys, 3, "key:" + i, new byte[] {1, 2, 3}, i % 2 == 0 ? 5_000_000_000_000L : -1);
    }
    byte[] file = save(source);
    Keyspace keyspace = keyspace(4, false);
    LoadingProgress progress = new LoadingProgress(Clock.system());
    progress.begin(file.length);
    SnapshotLoader.Loaded loaded = load(file, keyspace, progress);
    assertThat(loaded.keys()).isEqualTo(5000);
    assertThat(loaded.bytes()).isEqualTo(file.length);
    assertThat(progress.loadedBytes()).isEqualTo(file.length);
    assertThat(progress.percent()).isEqualTo(100);
    assertThat(progress.usedMemoryBytes()).isEqualTo(123_456);
    assertThat(keyspace.size(3)).isEqualTo(5000);
    assertThat(keyspace.expiring(3)).isEqualTo(2500);
    assertThat(contents(keyspace)).isEqualTo(contents(source));
    close(source);
    close(keyspace);
  }

  @Test
  void aSnapshotCanGoIntoDatabasesFurtherUpAndReplaceKeys() throws Exception {
    byte[] file = Files.readAllBytes(vector("redis70-lru.rdb"));
    Keyspace keyspace = keyspace(4, false);
    var above = new SnapshotLoader.Options(true, SnapshotLoader.Expired.KEEP, false, 2);
    load(file, keyspace, above, new LoadingProgress(Clock.system()));
    assertThat(keyspace.size(0)).isZero();
    assertThat(keyspace.size(2)).isEqualTo(4);
    assertThatThrownBy(() -> load(file, keyspace, above, new LoadingProgress(Clock.system())))
        .hasMessageContaining("a second time");
    var merging = new SnapshotLoader.Options(true, SnapshotLoader.Expired.KEEP, true, 2);
    assertThat(load(file, keyspace, merging, new LoadingProgress(Clock.system())).keys())
        .isEqualTo(4);
    assertThat(keyspace.size(2)).isEqualTo(4);
    close(keyspace);
  }

  @Test
  void loadingCanBeGivenUp() throws Exception {
    Keyspace source = keyspace(1, false);
    fillSome(source, source.newKeys(KeyspaceEvents.NONE), new Random(3), 3000);
    byte[] file = save(source);
    close(source);
    Keyspace keyspace = keyspace(16, false);
    LoadingProgress progress = new LoadingProgress(Clock.system());
    progress.cancel();
    assertThatThrownBy(() -> load(file, keyspace, progress))
        .isInstanceOf(CancellationException.class);
    close(keyspace);
  }

  // Helpers

  private static void fill(Keyspace keyspace, Random random) {
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    fillSome(keyspace, keys, random, 1000);
    put(keyspace, keys, 0, "large", bytes(random, 700_000), Keys.NO_EXPIRY);
    put(keyspace, keys, 0, "edge", bytes(random, 262_100), Keys.NO_EXPIRY);
    put(keyspace, keys, 0, "k".repeat(200_000), bytes(random, 10), Keys.NO_EXPIRY);
    collections(keyspace, keys, random, 20_000, 0);
  }

  private static void fillSome(Keyspace keyspace, Keys keys, Random random, int strings) {
    for (int i = 0; i < strings; i++) {
      byte[] value = bytes(random, random.nextInt(100));
      if (i % 3 == 0) {
        Arrays.fill(value, (byte) 'c');
      } else if (i % 3 == 1) {
        value = Integer.toString(random.nextInt()).getBytes(StandardCharsets.US_ASCII);
      }
      long expireAtMs = i % 5 == 0 ? 5_000_000_000_000L + i : Keys.NO_EXPIRY;
      put(keyspace, keys, i % keyspace.databases(), "string:" + i, value, expireAtMs);
    }
    for (int size : new int[] {1, 10, 200, 600}) {
      collections(keyspace, keys, random, size, 1);
      collections(keyspace, keys, random, size, 2);
    }
  }

  private static void collections(Keyspace keyspace, Keys keys, Random random, int size, int copy) {
    Shards shards = keyspace.shards();
    shards.enterSlow(shards.all());
    keys.begin(0, ExpiryMode.IGNORE);
    keys.at(1000);
    String name = size + ":" + copy;
    var hash = keys.values().hashOrNew(key(keys, "hash:" + name));
    long memory = Memory.allocate(64);
    for (int i = 0; i < size; i++) {
      int length = element(random, memory, i);
      hash.put(memory, length, memory, length);
    }
    var set = keys.values().setOrNew(key(keys, "set:" + name));
    for (int i = 0; i < size; i++) {
      set.add(memory, element(random, memory, i));
    }
    var list = keys.values().listOrNew(key(keys, "list:" + name));
    for (int i = 0; i < size; i++) {
      list.push(ListSide.RIGHT, memory, element(random, memory, i));
    }
    var sorted = keys.values().sortedSetOrNew(key(keys, "sorted:" + name));
    for (int i = 0; i < size; i++) {
      sorted.put(random.nextInt(1000) / 8.0, memory, element(random, memory, i));
    }
    Memory.free(memory);
    shards.leave(shards.all());
  }

  private static int element(Random random, long memory, int number) {
    byte[] text = ("e" + number + " " + random.nextInt()).getBytes(StandardCharsets.US_ASCII);
    Memory.copy(text, 0, memory, text.length);
    return text.length;
  }

  private static Key key(Keys keys, String name) {
    return keys.key(name.getBytes(StandardCharsets.US_ASCII), -1);
  }

  private static void put(
      Keyspace keyspace, Keys keys, int db, String name, byte[] value, long expireAtMs) {
    Shards shards = keyspace.shards();
    shards.enterSlow(shards.all());
    keys.begin(db, ExpiryMode.IGNORE);
    keys.at(1000);
    long memory = Memory.allocate(Math.max(1, value.length));
    Memory.copy(value, 0, memory, value.length);
    keys.put(key(keys, name), memory, value.length, expireAtMs < 0 ? Keys.NO_EXPIRY : expireAtMs);
    Memory.free(memory);
    shards.leave(shards.all());
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] save(Keyspace keyspace) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (SnapshotCut cut =
        SnapshotCut.open(
                keyspace, SnapshotCut.AccessHints.NONE, 10, Clock.system(), () -> true, () -> 0)
            .cut()) {
      SnapshotWriter.write(
          cut,
          new SnapshotInfo(10, "7.2.0", true, true, null, 0, 0, false),
          List.of(),
          123_456,
          Clock.system(),
          Channels.newChannel(file));
    }
    return file.toByteArray();
  }

  private static SnapshotLoader.Loaded load(
      byte[] file, Keyspace keyspace, LoadingProgress progress) throws IOException {
    return load(file, keyspace, KEEP, progress);
  }

  private static SnapshotLoader.Loaded load(
      byte[] file, Keyspace keyspace, SnapshotLoader.Options options, LoadingProgress progress)
      throws IOException {
    try (var channel = Channels.newChannel(new ByteArrayInputStream(file))) {
      return SnapshotLoader.load(channel, keyspace, options, Clock.system(), progress);
    }
  }

  private static Map<String, String> loaded(byte[] file, int shards, boolean cluster)
      throws IOException {
    Keyspace keyspace = keyspace(shards, cluster);
    LoadingProgress progress = new LoadingProgress(Clock.system());
    progress.begin(file.length);
    load(file, keyspace, progress);
    Map<String, String> contents = contents(keyspace);
    close(keyspace);
    return contents;
  }

  private static Map<String, String> builtByOneThread(byte[] file) throws IOException {
    Keyspace keyspace = keyspace(1, false);
    keyspace.shards().enterSlow(keyspace.shards().all());
    try (RdbReader reader =
        new RdbReader(Channels.newChannel(new ByteArrayInputStream(file)), true)) {
      reader.read(new EntryBuilder(keyspace, KEEP, Clock.system()));
    }
    keyspace.shards().leave(keyspace.shards().all());
    Map<String, String> contents = contents(keyspace);
    close(keyspace);
    return contents;
  }

  /** All entries with their values as payloads; elements without an order have them sorted. */
  private static Map<String, String> contents(Keyspace keyspace) {
    Map<String, String> contents = new TreeMap<>();
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    Shards shards = keyspace.shards();
    shards.enterSlow(shards.all());
    for (int db = 0; db < keyspace.databases(); db++) {
      keys.begin(db, ExpiryMode.IGNORE);
      keys.held(shards.all());
      keys.at(0);
      long cursor = 0;
      do {
        cursor =
            keys.scan(
                cursor,
                1000,
                (database, entry) -> {
                  NativeOutput out = new NativeOutput(1024);
                  try (RdbEncoder encoder = new RdbEncoder(out, false)) {
                    DumpPayload.write(out, encoder, PAYLOAD_VERSION, entry.value());
                  }
                  byte[] payload = out.toBytes();
                  out.release();
                  Arrays.sort(payload, 1, payload.length - 10);
                  contents.put(
                      database
                          + ":"
                          + new String(
                              Memory.bytes(entry.keyAddress(), entry.keyLength()),
                              StandardCharsets.ISO_8859_1),
                      entry.expireAtMs()
                          + " "
                          + Arrays.hashCode(Arrays.copyOf(payload, payload.length - 10))
                          + " "
                          + payload.length);
                });
      } while (cursor != 0);
    }
    shards.leave(shards.all());
    return contents;
  }

  private static Keyspace keyspace(int shards, boolean cluster) {
    return new Keyspace(
        new KeyspaceSettings(shards, cluster ? 1 : 16, cluster, 7, CheckingArena::new));
  }

  private static void close(Keyspace keyspace) {
    keyspace.shards().enterSlow(keyspace.shards().all());
    keyspace.close();
  }

  private static Path vector(String name) throws Exception {
    return Path.of(SnapshotLoaderTest.class.getResource("/rdb/" + name).toURI());
  }
}
