package io.hashslot.persist.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.hashslot.command.ManualClock;
import io.hashslot.command.server.DataDigest;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.KeyspaceEvents;
import io.hashslot.keyspace.KeyspaceSettings;
import io.hashslot.memory.CheckingArena;
import io.hashslot.persist.rdb.RdbFormatException;
import io.hashslot.persist.rdb.Vectors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/**
 * Files that are damaged, or were never sound, are refused with a word about what is wrong and
 * where; nothing else comes of them, whatever they claim. How many mutants of sound files are tried
 * is {@code -Dhashslot.rdbfuzz.mutants=n}; {@code -Dhashslot.fuzz.seed=n} makes the same ones
 * again.
 */
class DamagedFilesTest {
  private static final long SEED = Long.getLong("hashslot.fuzz.seed", System.nanoTime());
  private static final int MUTANTS = Integer.getInteger("hashslot.rdbfuzz.mutants", 600);

  /** A byte of a compressed string stands for 264 at the most, and a short element costs a node. */
  private static final long BYTES_FOR_A_BYTE = 300;

  private final ManualClock clock = new ManualClock();
  private final Logger log = (Logger) LoggerFactory.getLogger(SnapshotLoader.class);
  private final Keyspace keyspace =
      new Keyspace(new KeyspaceSettings(4, 16, false, 0x5eed, CheckingArena::new));

  /** It has a word for every field of every mutant. */
  @BeforeEach
  void quiet() {
    log.setLevel(Level.WARN);
  }

  @AfterEach
  void nothingIsLeft() {
    log.setLevel(null);
    forget();
    keyspace.close();
  }

  private void load(byte[] file, boolean checksum) throws IOException {
    SnapshotLoader.load(
        Channels.newChannel(new ByteArrayInputStream(file)),
        keyspace,
        new SnapshotLoader.Options(checksum, SnapshotLoader.Expired.KEEP),
        clock,
        new LoadingProgress(clock));
  }

  private void forget() {
    for (int db = 0; db < keyspace.databases(); db++) {
      keyspace.flush(db, true);
    }
    assertThat(keyspace.usedBytes()).as("bytes left in the arenas").isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          craft-v11-type24     | Invalid object type: 24 (hash with field expiry) at offset 11
          craft-v12            | Can't handle RDB format version 12 at offset 5
          neg-bad-crc          | RDB CRC error
          neg-consumer-pel     | malformed pending entry of a consumer
          neg-db16             | database 16 of 16 at offset 9
          neg-dup-hash-field   | a field that was there before at offset
          neg-dup-key          | key 'a' a second time at offset
          neg-dup-set-member   | a member of a set stands there twice at offset
          neg-function-prega   | function of a Redis 7.0 pre-release at offset 9
          neg-intset-enc       | damaged intset at offset
          neg-intset-unsorted  | damaged intset at offset
          neg-lp-count         | damaged listpack of a sorted set at offset
          neg-lp-odd-hash      | a hash in a damaged listpack at offset
          neg-lp-total         | a hash in a damaged listpack at offset
          neg-magic            | Wrong signature trying to load DB from file at offset 0
          neg-module-aux       | data of module 'EjRWeJCrz', which is not here, at offset 9
          neg-module-type7     | value of module 'EjRWeJCrz', which is not here, at offset 11
          neg-no-eof           | Unexpected EOF reading RDB file at offset 16
          neg-ql-container     | chunk of a list of form 3 at offset
          neg-truncated        | Unexpected EOF reading RDB file at offset 13
          neg-type8            | Invalid object type: 8 (unknown) at offset 11
          neg-zset-nan         | a score that is no number at offset
          """)
  void filesThatAreNotSoundAreRefusedWithTheirFault(String name, String fault) throws IOException {
    byte[] file = Vectors.bytes(name + ".rdb");
    assertThatThrownBy(() -> load(file, true))
        .isInstanceOf(RdbFormatException.class)
        .hasMessageContaining(fault);
  }

  /** Nothing here runs functions, so nothing knows that this one cannot be compiled. */
  @Test
  void sourcesOfFunctionsAreNotLookedInto() throws IOException {
    load(Vectors.bytes("neg-function-bad.rdb"), true);
    assertThat(keyspace.functions().size()).isEqualTo(1);
  }

  @Test
  void mutantsAreLoadedOrRefusedButNothingElse() throws IOException {
    List<byte[]> files = new ArrayList<>();
    Vectors.json("vectors.json").fieldNames().forEachRemaining(name -> files.add(bytes(name)));
    Random seeds = new Random(SEED);
    int loaded = 0;
    for (int i = 0; i < MUTANTS; i++) {
      long seed = seeds.nextLong();
      Random random = new Random(seed);
      byte[] mutant = Mutant.of(files.get(i % files.size()), files, random);
      try {
        load(mutant, random.nextInt(8) == 0);
        loaded++;
      } catch (RdbFormatException refused) {
        assertThat(refused.offset()).isBetween(0L, (long) mutant.length);
      } catch (IOException | RuntimeException | Error other) {
        throw new AssertionError(
            "seed " + SEED + ", mutant " + i + ": " + HexFormat.of().formatHex(mutant), other);
      }
      look(mutant.length, i);
    }
    // The others would prove little if nearly none got through.
    assertThat(loaded).as("seed " + SEED).isGreaterThan(MUTANTS / 50);
  }

  /** What was loaded, all of it or a part, is whole: it can be walked through to its end. */
  private void look(int fileBytes, int mutant) {
    var shards = keyspace.shards();
    shards.enterSlow(shards.all());
    try {
      Keys keys = keyspace.newKeys(KeyspaceEvents.NONE);
      keys.held(shards.all());
      assertThat(DataDigest.of(keys)).hasSize(40);
      assertThat(keyspace.usedBytes())
          .as("seed " + SEED + ", mutant " + mutant)
          .isLessThan(BYTES_FOR_A_BYTE * fileBytes + (1 << 20));
    } finally {
      shards.leave(shards.all());
    }
    forget();
  }

  private static byte[] bytes(String name) {
    try {
      return Vectors.bytes(name);
    } catch (IOException missing) {
      throw new java.io.UncheckedIOException(missing);
    }
  }

  /** A file with a few small injuries. */
  private static final class Mutant {
    /** Where the header ends; damage to it is no news. */
    private static final int BODY = 9;

    private static final byte[][] CLAIMS = {
      {(byte) 0x81, 0x7f, -1, -1, -1, -1, -1, -1, -1},
      {(byte) 0x81, -1, -1, -1, -1, -1, -1, -1, -1},
      {(byte) 0x80, 0x7f, -1, -1, -1},
      {(byte) 0x80, -1, -1, -1, -1},
      {(byte) 0x80, 0, 0x10, 0, 0},
      {0x7f, -1},
      {(byte) 0xc3, 0x05, 0x7f, -1},
      {0}
    };

    static byte[] of(byte[] file, List<byte[]> others, Random random) {
      byte[] bytes = file;
      for (int i = random.nextInt(3); i >= 0 && bytes.length > BODY + 1; i--) {
        bytes = injured(bytes, others, random);
      }
      return bytes;
    }

    private static byte[] injured(byte[] file, List<byte[]> others, Random random) {
      int at = BODY + random.nextInt(file.length - BODY);
      byte[] bytes = file.clone();
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
        case 3 -> {
          return Arrays.copyOf(bytes, at);
        }
        case 4 -> {
          byte[] claim = CLAIMS[random.nextInt(CLAIMS.length)];
          return spliced(bytes, at, Math.min(file.length, at + 1), claim, 0, claim.length);
        }
        case 5 -> {
          return spliced(bytes, at, Math.min(file.length, at + 1 + random.nextInt(8)), bytes, 0, 0);
        }
        case 6 -> {
          byte[] other = others.get(random.nextInt(others.size()));
          int from = BODY + random.nextInt(other.length - BODY);
          int to = Math.min(other.length, from + 1 + random.nextInt(60));
          return spliced(bytes, at, at, other, from, to);
        }
        default -> {
          int to = Math.min(file.length, at + 1 + random.nextInt(12));
          Arrays.fill(bytes, at, to, (byte) (random.nextBoolean() ? 0xff : 0));
        }
      }
      return bytes;
    }

    private static byte[] spliced(byte[] file, int at, int upTo, byte[] in, int from, int to) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(file, 0, at);
      bytes.write(in, from, to - from);
      bytes.write(file, upTo, file.length - upTo);
      return bytes.toByteArray();
    }
  }
}
