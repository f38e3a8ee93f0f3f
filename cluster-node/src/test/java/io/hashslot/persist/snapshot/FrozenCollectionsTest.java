package io.hashslot.persist.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.keyspace.Entry;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.keyspace.Shard;
import io.hashslot.keyspace.Shards;
import io.hashslot.keyspace.Sweep;
import io.hashslot.memory.Arena;
import io.hashslot.persist.rdb.RdbParts;
import io.hashslot.persist.rdb.RdbWriter;
import io.hashslot.time.Clock;
import io.hashslot.value.FrozenValue;
import io.hashslot.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a cut takes of collections is what was there at its moment, whatever commands run between
 * its smallest steps. All in one thread, so that a seed tells everything.
 */
class FrozenCollectionsTest {
  private static final int BIG = Integer.getInteger("snapshot.big", 3000);
  private static final int CUTS = Integer.getInteger("snapshot.cuts", 4);

  /** Takes a cut in steps of a few entries or elements. */
  private static final class SmallSteps implements AutoCloseable {
    private final Keyspace keyspace;
    private final HeldBytes held = new HeldBytes();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final RdbWriter out = new RdbWriter(Channels.newChannel(file), true, true);
    private final ArrayDeque<PartedEntry> parted = new ArrayDeque<>();
    private final ArrayDeque<Sweep> sweeps = new ArrayDeque<>();
    private final EntryCopies copies = new EntryCopies(held, 10);
    private final BlockChain parts = new BlockChain(held);
    private int lastDatabase = -1;
    int frozen;

    SmallSteps(Keyspace keyspace) throws IOException {
      this.keyspace = keyspace;
      out.begin(10);
      keyspace.openCut(this::take);
      for (int i = 0; i < keyspace.shards().count(); i++) {
        sweeps.add(new Sweep(keyspace.shards().shard(i), this::take));
      }
    }

    private FrozenValue take(int shard, int database, Entry entry) {
      Value value = entry.value();
      if (FrozenValue.isBig(value)) {
        PartedEntry one =
            new PartedEntry(
                database, entry, value, 10, (big, _, _, _, to) -> new RdbParts(big, to, 10), held);
        shards.add(keyspace.shards().shard(shard));
        parted.add(one);
        frozen++;
        return one.value();
      }
      copies.add(database, entry);
      return null;
    }

    private final ArrayDeque<Shard> shards = new ArrayDeque<>();

    /** One step; returns whether there are more. */
    boolean next(Random random) throws IOException {
      if (!parted.isEmpty() && random.nextInt(10) > 0) {
        PartedEntry first = parted.getFirst();
        if (!first.next()) {
          write(first);
          end();
        }
        return true;
      }
      if (!sweeps.isEmpty() && !sweeps.getFirst().next(1 + random.nextInt(3), () -> false)) {
        sweeps.removeFirst();
      }
      return !parted.isEmpty() || !sweeps.isEmpty();
    }

    private void write(PartedEntry entry) throws IOException {
      select(entry.database());
      out.entryHead(entry.type(), entry.key(), entry.keyLength(), entry.expireAtMs());
      entry.takeParts(parts);
      parts.drain(block -> out.part(block.address(), block.length()));
    }

    private void select(int database) throws IOException {
      if (database != lastDatabase) {
        lastDatabase = database;
        out.selectDb(database);
      }
    }

    private void end() {
      PartedEntry first = parted.removeFirst();
      keyspace.thaw(shards.removeFirst(), first.value());
      while (!first.release()) {}
      first.close();
    }

    byte[] file() throws IOException {
      copies.drain(
          (database, key, keyLength, expireAtMs, _, type, value, valueLength) -> {
            select(database);
            out.entry(type, key, keyLength, expireAtMs, value, valueLength);
          });
      out.end();
      return file.toByteArray();
    }

    /** Ends it, complete or not. */
    @Override
    public void close() {
      for (int i = 0; i < keyspace.shards().count(); i++) {
        keyspace.closeCut(keyspace.shards().shard(i));
      }
      while (!parted.isEmpty()) {
        end();
      }
      copies.clear();
      out.close();
      assertThat(held.get()).as("memory held by a cut that has ended").isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aCutOfCollectionsIsAPointInTime(long number) throws Exception {
    long seed = Long.getLong("snapshot.seed", System.nanoTime()) + number;
    Random random = new Random(seed);
    try (CommandKit kit = new CommandKit(number % 2 == 0 ? 1 : 4, false)) {
      AnyWrites writes = new AnyWrites(kit, random, BIG);
      int frozen = 0;
      for (int round = 0; round < CUTS; round++) {
        if (round % 3 == 0) {
          writes.fill();
        }
        Map<String, String> expected = KeyspaceContents.of(kit.keyspace());
        try (SmallSteps cut = new SmallSteps(kit.keyspace())) {
          do {
            for (int i = random.nextInt(3); i > 0; i--) {
              writes.one();
            }
          } while (cut.next(random));
          assertThat(load(cut.file()))
              .as("seed %d, round %d", seed - number, round)
              .isEqualTo(expected);
          frozen += cut.frozen;
        }
      }
      assertThat(frozen).as("big collections").isGreaterThan(5);
    }
  }

  @Test
  void aCutThatIsGivenUpLeavesNothingBehind() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (CommandKit kit = new CommandKit(1, false)) {
      AnyWrites writes = new AnyWrites(kit, random, BIG);
      writes.fill();
      for (int round = 0; round < 6; round++) {
        try (SmallSteps cut = new SmallSteps(kit.keyspace())) {
          boolean more = true;
          for (int i = random.nextInt(2000); i > 0 && more; i--) {
            writes.one();
            more = cut.next(random);
          }
        }
      }
      Map<String, String> expected = KeyspaceContents.of(kit.keyspace());
      try (SmallSteps cut = new SmallSteps(kit.keyspace())) {
        while (cut.next(random)) {}
        assertThat(load(cut.file())).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  private static Map<String, String> load(byte[] file) throws IOException {
    Keyspace keyspace = new Keyspace(new KeyspaceSettings(1, 16, false, 7, Arena::new));
    try (var channel = Channels.newChannel(new ByteArrayInputStream(file))) {
      SnapshotLoader.load(
          channel,
          keyspace,
          new SnapshotLoader.Options(true, SnapshotLoader.Expired.KEEP),
          Clock.system(),
          new LoadingProgress(Clock.system()));
    }
    Map<String, String> contents = KeyspaceContents.of(keyspace);
    Shards shards = keyspace.shards();
    assertThat(shards.tryEnter(shards.all())).isEqualTo(Shards.ENTERED);
    keyspace.close();
    return contents;
  }
}
