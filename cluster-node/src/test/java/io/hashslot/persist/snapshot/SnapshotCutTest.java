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
import io.hashslot.memory.Arena;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.RdbFormatException;
import io.hashslot.time.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotCutTest {
  private static final SnapshotInfo INFO =
      new SnapshotInfo(10, "7.2.0", true, true, "a".repeat(40), 77, 3, false);
  private static final int KEYS = 3000;

  /** Cuts taken under writers; many with {@code -Dsnapshot.rounds=1500}. */
  private static final int ROUNDS = Integer.getInteger("snapshot.rounds", 6);

  /** Clients that write at random until they are told to stop. */
  private static final class Writers implements AutoCloseable {
    private final Keyspace keyspace;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stop;

    Writers(Keyspace keyspace, int count, long seed) {
      this.keyspace = keyspace;
      for (int i = 0; i < count; i++) {
        Random random = new Random(seed + i);
        threads.add(
            Thread.ofPlatform()
                .uncaughtExceptionHandler((_, e) -> failure.set(e))
                .start(() -> run(random)));
      }
    }

    private void run(Random random) {
      Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
      long memory = Memory.allocate(8192);
      CollectionWrites collections = new CollectionWrites(random);
      while (!stop) {
        write(keyspace, keys, random, memory, collections);
      }
      collections.close();
      Memory.free(memory);
    }

    @Override
    public void close() throws InterruptedException {
      stop = true;
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failure.get()).isNull();
    }
  }

  static void write(
      Keyspace keyspace, Keys keys, Random random, long memory, CollectionWrites collections) {
    Shards shards = keyspace.shards();
    int db = random.nextInt(keyspace.databases());
    if (random.nextInt(3000) == 0) {
      enter(shards, shards.all());
      if (random.nextBoolean()) {
        keyspace.flush(db, random.nextBoolean());
      } else {
        keyspace.swap(db, 0);
      }
      shards.leave(shards.all());
      return;
    }
    if (random.nextInt(4) == 0) {
      keys.begin(db, ExpiryMode.IGNORE);
      keys.at(1000);
      Key key = keys.key(collections.key(), -1);
      enter(shards, key.shardMask());
      collections.change(keys, key);
      shards.leave(key.shardMask());
      return;
    }
    byte[] name = ("key:" + random.nextInt(KEYS)).getBytes(StandardCharsets.US_ASCII);
    keys.begin(db, ExpiryMode.IGNORE);
    keys.at(1000);
    Key key = keys.key(name, -1);
    enter(shards, key.shardMask());
    int length = random.nextInt(20) == 0 ? random.nextInt(8000) : random.nextInt(60);
    byte filler = (byte) random.nextInt(256);
    Memory.fill(memory, length, filler);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> keys.put(key, memory, length, Keys.NO_EXPIRY);
      case 3 -> keys.put(key, memory, length, 5_000_000_000_000L + random.nextInt(1000));
      case 4 -> keys.remove(key);
      case 5 -> {
        if (keys.append(key, memory, Math.min(length, 100)) > 20_000) {
          keys.remove(key);
        }
      }
      case 6 -> {
        var edited = keys.edit(key, 10);
        Memory.putByte(edited.address() + 3, filler);
      }
      default -> keys.expireAt(key, 6_000_000_000_000L);
    }
    shards.leave(key.shardMask());
  }

  private static void enter(Shards shards, long plan) {
    while (shards.tryEnter(plan) != Shards.ENTERED) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,false", "16,false", "8,true"})
  void theFileHoldsTheDataOfTheCutWhateverIsWrittenMeanwhile(int shards, boolean cluster)
      throws Exception {
    long seed = System.nanoTime();
    int databases = cluster ? 1 : 4;
    Keyspace keyspace =
        new Keyspace(new KeyspaceSettings(shards, databases, cluster, 7, Arena::new));
    Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
    Random random = new Random(seed);
    long memory = Memory.allocate(8192);
    CollectionWrites collections = new CollectionWrites(random);
    for (int i = 0; i < 20_000; i++) {
      write(keyspace, keys, random, memory, collections);
    }
    collections.close();
    Memory.free(memory);
    try (Writers writers = new Writers(keyspace, 2, seed)) {
      for (int round = 0; round < ROUNDS && writers.failure.get() == null; round++) {
        var opened =
            SnapshotCut.open(
                keyspace,
                SnapshotCut.AccessHints.IDLE,
                10,
                Clock.system(),
                () -> true,
                () -> KeyspaceContents.of(keyspace));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (SnapshotCut cut = opened.cut()) {
          SnapshotWriter.write(cut, INFO, List.of(), 0, Clock.system(), slow(file));
          assertThat(cut.heldBytes()).isZero();
          assertThat(cut.entriesWritten()).isEqualTo(cut.entriesAtCut());
        }
        assertThat(differences(opened.moment(), load(file.toByteArray(), databases)))
            .as("seed %d, round %d", seed, round)
            .isEmpty();
      }
    }
    for (int db = 0; db < databases; db++) {
      keyspace.flush(db, true);
    }
    assertThat(keyspace.usedBytes()).as("bytes left").isZero();
  }

  @Test
  void aCutThatIsGivenUpLeavesNothingBehind() throws Exception {
    Keyspace keyspace = new Keyspace(new KeyspaceSettings(4, 1, false, 7, Arena::new));
    try (Writers _ = new Writers(keyspace, 1, 5)) {
      for (int round = 0; round < 20; round++) {
        SnapshotCut cut =
            SnapshotCut.open(
                    keyspace, SnapshotCut.AccessHints.NONE, 10, Clock.system(), () -> true, () -> 0)
                .cut();
        cut.cancel();
        assertThatThrownBy(
                () ->
                    SnapshotWriter.write(
                        cut,
                        INFO,
                        List.of(),
                        0,
                        Clock.system(),
                        Channels.newChannel(new ByteArrayOutputStream())))
            .hasMessage("snapshot was given up");
        cut.close();
        assertThat(cut.heldBytes()).isZero();
      }
    }
  }

  @Test
  void whatTheSnapshotSaysOfItselfIsRead() throws Exception {
    Keyspace keyspace = new Keyspace(new KeyspaceSettings(1, 1, false, 7, Arena::new));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] library = "#!lua name=x\n".getBytes(StandardCharsets.UTF_8);
    try (SnapshotCut cut =
        SnapshotCut.open(
                keyspace,
                SnapshotCut.AccessHints.FREQUENCY,
                10,
                Clock.system(),
                () -> true,
                () -> 0)
            .cut()) {
      SnapshotWriter.write(
          cut, INFO, List.of(library), 0, Clock.system(), Channels.newChannel(file));
    }
    SnapshotLoader.Loaded loaded = read(file.toByteArray(), keyspace, SnapshotLoader.Expired.KEEP);
    assertThat(loaded.replicationId()).isEqualTo("a".repeat(40));
    assertThat(loaded.replicationOffset()).isEqualTo(77);
    assertThat(loaded.streamDb()).isEqualTo(3);
    assertThat(keyspace.functions().sources()).containsExactly(library);
  }

  @Test
  void expiredKeysAreDroppedOrKeptAsTheRoleAsks() throws Exception {
    byte[] file = Files.readAllBytes(vector("redis70-lru.rdb"));
    byte[] old = file.clone();
    Keyspace keyspace = new Keyspace(new KeyspaceSettings(1, 1, false, 7, Arena::new));
    Clock later = at(4102444800001L);
    try (var channel = Channels.newChannel(new ByteArrayInputStream(old))) {
      var loaded =
          SnapshotLoader.load(
              channel,
              keyspace,
              new SnapshotLoader.Options(true, SnapshotLoader.Expired.DROP),
              later,
              new LoadingProgress(later));
      assertThat(loaded.keys()).isEqualTo(3);
      assertThat(loaded.expired()).isEqualTo(1);
    }
    Keyspace replica = new Keyspace(new KeyspaceSettings(1, 1, false, 7, Arena::new));
    assertThat(read(old, replica, SnapshotLoader.Expired.KEEP).keys()).isEqualTo(4);
  }

  @Test
  void aKeyTwiceOrADatabaseTooManyIsRefused() throws Exception {
    Keyspace keyspace = new Keyspace(new KeyspaceSettings(1, 16, false, 7, Arena::new));
    assertThatThrownBy(
            () ->
                read(
                    Files.readAllBytes(vector("neg-dup-key.rdb")),
                    keyspace,
                    SnapshotLoader.Expired.KEEP))
        .isInstanceOf(RdbFormatException.class)
        .hasMessage("key 'a' a second time at offset 16");
    assertThatThrownBy(
            () ->
                read(
                    Files.readAllBytes(vector("neg-db16.rdb")),
                    keyspace,
                    SnapshotLoader.Expired.KEEP))
        .hasMessage("database 16 of 16 at offset 9");
    assertThat(keyspace.shards().tryEnter(keyspace.shards().all())).isEqualTo(Shards.ENTERED);
  }

  @Test
  void aFailedReplacementLeavesTheOldFile(@TempDir Path directory) throws Exception {
    Path target = directory.resolve("dump.rdb");
    Files.writeString(target, "old");
    assertThatThrownBy(
            () ->
                SnapshotFile.replace(
                    target,
                    "temp-1.rdb",
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[10]));
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(target).hasContent("old");
    SnapshotFile.replace(
        target, "temp-1.rdb", channel -> channel.write(ByteBuffer.wrap(new byte[] {'n'})));
    assertThat(target).hasContent("n");
    assertThat(directory).isDirectoryNotContaining("glob:**temp*");
  }

  /** The first few entries that are missing, too many or otherwise. */
  private static List<String> differences(Map<String, String> cut, Map<String, String> loaded) {
    Set<String> all = new TreeSet<>(cut.keySet());
    all.addAll(loaded.keySet());
    return all.stream()
        .filter(key -> !Objects.equals(cut.get(key), loaded.get(key)))
        .limit(5)
        .map(key -> key + " was " + cut.get(key) + " and became " + loaded.get(key))
        .toList();
  }

  private static Path vector(String name) throws Exception {
    return Path.of(SnapshotCutTest.class.getResource("/rdb/" + name).toURI());
  }

  private static Clock at(long wallMs) {
    return new Clock() {
      @Override
      public long wallMs() {
        return wallMs;
      }

      @Override
      public long wallUs() {
        return wallMs * 1000;
      }

      @Override
      public long monotonicNs() {
        return 0;
      }
    };
  }

  private static Map<String, String> load(byte[] file, int databases) throws IOException {
    Keyspace keyspace = new Keyspace(new KeyspaceSettings(1, databases, false, 7, Arena::new));
    read(file, keyspace, SnapshotLoader.Expired.KEEP);
    return KeyspaceContents.of(keyspace);
  }

  private static SnapshotLoader.Loaded read(
      byte[] file, Keyspace keyspace, SnapshotLoader.Expired expired) throws IOException {
    try (var channel = Channels.newChannel(new ByteArrayInputStream(file))) {
      return SnapshotLoader.load(
          channel,
          keyspace,
          new SnapshotLoader.Options(true, expired),
          Clock.system(),
          new LoadingProgress(Clock.system()));
    }
  }

  /** A channel that gives writers time to get ahead of the sweep. */
  private static WritableByteChannel slow(ByteArrayOutputStream file) {
    WritableByteChannel fast = Channels.newChannel(file);
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        Thread.yield();
        return fast.write(source);
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
