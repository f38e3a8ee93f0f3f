package io.hashslot.persist.rdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.memory.CheckingArena;
import io.hashslot.resp.NativeOutput;
import io.hashslot.structure.Slice;
import io.hashslot.value.ArenaCell;
import io.hashslot.value.Kind;
import io.hashslot.value.PendingEntries;
import io.hashslot.value.StreamConsumer;
import io.hashslot.value.StreamEntries;
import io.hashslot.value.StreamGroup;
import io.hashslot.value.StreamProgress;
import io.hashslot.value.StreamValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRecordTest {
  /** Three entries, the one in their midst deleted: 5-0, 6-0, 15-3. */
  private static final String CHUNK =
      "10000000000000000500000000000000004048480000001d000301010101018161020001020100010001"
          + "01010401000101010001020181620202018163020301080103010201000184676f6e6505040102010a01"
          + "030104010401ff";

  /** What Redis 5 to 6 wrote of a stream of four entries with a group. */
  private static final String TYPE_15 =
      "01"
          + CHUNK
          + "030f030103677270060002000000000000000500000000000000000068e5cf8b01000003000000000000"
          + "000600000000000000000168e5cf8b01000001020263310268e5cf8b0100000100000000000000050000"
          + "0000000000000263320468e5cf8b0100000100000000000000060000000000000000";

  private final CheckingArena arena = new CheckingArena();
  private ArenaCell cell = new ArenaCell(arena, Kind.STREAM);
  private StreamValue stream = new StreamValue();

  @BeforeEach
  void makeEmptyStream() {
    cell = new ArenaCell(arena, Kind.STREAM);
    stream = new StreamValue();
    stream.wrap(cell);
    stream.init();
  }

  private void free() {
    cell.dispose(1000);
  }

  @AfterEach
  void nothingLeaks() {
    free();
    arena.close();
  }

  /** Describes all streams of a snapshot. */
  private final class Described implements RdbVisitor {
    final TreeMap<String, List<String>> streams = new TreeMap<>();

    @Override
    public void selectDb(int db, long offset) {}

    @Override
    public void string(RdbEntry entry, long value, int valueLength) {
      throw new AssertionError("there are only streams");
    }

    @Override
    public void collection(RdbEntry entry, Kind kind, Reading reading) throws IOException {
      free();
      makeEmptyStream();
      reading.into(stream);
      String key = new String(NativeMemory.read(entry.key(), entry.keyLength()), ISO_8859_1);
      streams.put(key, describe(key));
    }
  }

  private List<String> describe(String key) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "stream %s: %d entries in %d chunks, first %s last %s deleted %s added %d"
            .formatted(
                key,
                stream.size(),
                stream.chunkCount(),
                id(stream.firstMs(), stream.firstSequence()),
                id(stream.lastMs(), stream.lastSequence()),
                id(stream.maxDeletedMs(), stream.maxDeletedSequence()),
                stream.entriesAdded()));
    StreamEntries entries = stream.walk().all(stream);
    while (entries.next()) {
      StringBuilder line = new StringBuilder("  " + id(entries.ms(), entries.sequence()));
      for (int i = entries.fieldCount(); i > 0; i--) {
        entries.nextField();
        line.append(' ').append(text(entries.fieldName()));
        line.append('=').append(text(entries.fieldValue()));
      }
      lines.add(line.toString());
    }
    for (StreamGroup group = stream.firstGroup(); group != null; group = stream.nextGroup()) {
      describe(group, lines);
    }
    return lines;
  }

  private void describe(StreamGroup group, List<String> lines) {
    long read = group.entriesRead();
    long lag = StreamProgress.lag(stream, group);
    lines.add(
        "  group %s: last %s read %s lag %s"
            .formatted(
                text(group.name(new Slice())),
                id(group.lastMs(), group.lastSequence()),
                read == StreamGroup.UNKNOWN ? "unknown" : read,
                lag == StreamProgress.UNKNOWN_LAG ? "unknown" : lag));
    PendingEntries pending = group.pending();
    for (boolean more = pending.walkFrom(0, 0); more; more = pending.next()) {
      String owner = text(StreamConsumer.name(pending.consumer(), new Slice()));
      lines.add(
          "    pending %s %s %d"
              .formatted(id(pending.ms(), pending.sequence()), owner, pending.deliveries()));
    }
    for (long consumer = group.firstConsumer(); consumer != 0; consumer = group.nextConsumer()) {
      String name = text(StreamConsumer.name(consumer, new Slice()));
      lines.add("    consumer %s %d".formatted(name, StreamConsumer.pendingCount(consumer)));
    }
  }

  private static String id(long ms, long sequence) {
    return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(sequence);
  }

  private static String text(Slice slice) {
    return slice.length() > 300 ? slice.length() + " bytes" : new String(slice.bytes(), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis70-streams.rdb", "valkey80-streams.rdb"})
  void shouldReadWhatTheCServersWrote(String file) throws Exception {
    Described described = new Described();
    ByteArrayInputStream bytes = new ByteArrayInputStream(Vectors.bytes(file));
    try (RdbReader reader = new RdbReader(Channels.newChannel(bytes), true)) {
      reader.read(described);
    }
    List<String> expected = new String(Vectors.bytes("streams.txt"), UTF_8).lines().toList();
    assertThat(described.streams.values().stream().flatMap(List::stream)).isEqualTo(expected);
  }

  @Test
  void shouldWorkOutWhatOldServersDidNotWrite() throws Exception {
    read(15, TYPE_15);
    assertThat(describe("s"))
        .containsExactly(
            "stream s: 3 entries in 1 chunks, first 5-0 last 15-3 deleted 0-0 added 3",
            "  5-0 a=1",
            "  6-0 b=2 c=3",
            "  15-3 a=4",
            "  group grp: last 6-0 read unknown lag unknown",
            "    pending 5-0 c1 3",
            "    pending 6-0 c2 1",
            "    consumer c1 1",
            "    consumer c2 1");
    StreamGroup group = stream.firstGroup();
    assertThat(group).isNotNull();
    assertThat(StreamConsumer.activeAtMs(group.firstConsumer())).isEqualTo(1_700_000_000_002L);
  }

  @ParameterizedTest
  @CsvSource({"10, 19", "11, 21"})
  void shouldWriteWhatIsReadAgain(int version, int type) throws Exception {
    read(15, TYPE_15);
    List<String> before = describe("s");
    StreamGroup group = stream.firstGroup();
    assertThat(group).isNotNull();
    StreamConsumer.activeAtMs(group.firstConsumer(), StreamConsumer.NEVER);
    assertThat(StreamRecord.type(version)).isEqualTo(type);
    byte[] bytes = written(version);
    free();
    makeEmptyStream();
    read(type, HexFormat.of().formatHex(bytes));
    assertThat(describe("s")).isEqualTo(before);
    StreamGroup again = stream.firstGroup();
    assertThat(again).isNotNull();
    long consumer = again.firstConsumer();
    assertThat(StreamConsumer.activeAtMs(consumer))
        .isEqualTo(type == 21 ? StreamConsumer.NEVER : StreamConsumer.seenAtMs(consumer));
    assertThat(written(version)).isEqualTo(bytes);
  }

  /** No group; a chunk twice; no chunk; a consumer's entry that the group does not have; … */
  @Test
  void shouldRefuseWhatIsMalformed() {
    String group = "0103677270060001" + "00000000000000050000000000000000" + "00".repeat(8) + "01";
    String consumer = "01026331" + "00".repeat(8) + "01";
    String unknown = "0000000000000009" + "0000000000000000";
    for (String bad :
        List.of(
            "02" + CHUNK + CHUNK + "06" + "0f03" + "00",
            "0003" + "0f03" + "00",
            "01" + CHUNK.replace("1000000000000000", "0f000000000000") + "030f0300",
            "01" + CHUNK.replace("84676f6e65", "85676f6e65") + "030f0300",
            "01" + CHUNK.replace("0401ff", "0501ff") + "030f0300",
            "01" + CHUNK + "03" + "0f03" + group + consumer + unknown,
            "01" + CHUNK + "03" + "0f03" + group + "00",
            "01" + CHUNK + "03" + "0f03" + "02" + "03677270060000000367727006000000")) {
      free();
      makeEmptyStream();
      assertThatThrownBy(() -> read(15, bad)).as(bad).isInstanceOf(RdbFormatException.class);
    }
  }

  @Test
  void shouldSurviveAnyDamage() throws Exception {
    byte[] good = HexFormat.of().parseHex(TYPE_15);
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      free();
      makeEmptyStream();
      try {
        read(new int[] {15, 19, 21}[i % 3], HexFormat.of().formatHex(bad));
        describe("s");
      } catch (IOException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  private byte[] written(int version) {
    NativeOutput out = new NativeOutput(256);
    try (RdbEncoder encoder = new RdbEncoder(out, true)) {
      StreamRecord.write(encoder, stream, version);
      return out.toBytes();
    } finally {
      out.release();
    }
  }

  private void read(int type, String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    try (NativeMemory memory = new NativeMemory(bytes);
        RdbInput in = RdbInput.of(memory.address, memory.length)) {
      StreamRecord.read(type, in, stream);
    }
  }
}
