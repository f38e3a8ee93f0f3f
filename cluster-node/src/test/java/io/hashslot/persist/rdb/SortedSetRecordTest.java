package io.hashslot.persist.rdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.memory.CheckingArena;
import io.hashslot.resp.DoubleText;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.ArenaCell;
import io.hashslot.value.Kind;
import io.hashslot.value.SortedSetValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortedSetRecordTest {
  /** What Redis 7.0.15 writes for four elements, compressed, and Valkey 8.0.1, which does not. */
  private static final String OF_REDIS =
      "c32c3516350000000800816302842d696e660581640293302e3130e005000f3114816102010181620283322e3504"
          + "ff";

  private static final String OF_VALKEY =
      "25250000000800816302842d696e660581640283302e3104816102010181620283322e3504ff";

  private final CheckingArena arena = new CheckingArena();
  private ArenaCell cell = new ArenaCell(arena, Kind.SORTED_SET);
  private SortedSetValue set = new SortedSetValue();

  @BeforeEach
  void makeEmptySet() {
    cell = new ArenaCell(arena, Kind.SORTED_SET);
    set = new SortedSetValue();
    set.wrap(cell);
    set.init();
  }

  private void free() {
    cell.dispose(1000);
  }

  @AfterEach
  void nothingLeaks() {
    free();
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {OF_REDIS, OF_VALKEY})
  void shouldReadTheCompactForm(String hex) throws Exception {
    read(17, hex);
    assertThat(elements()).containsExactly("c -inf", "d 0.1", "a 1", "b 2.5");
    assertThat(set.isFull()).isFalse();
  }

  @Test
  void shouldMakeFullWhatIsTooLarge() throws Exception {
    cell.limits().zsetMaxListpackEntries = 3;
    read(17, OF_VALKEY);
    assertThat(elements()).containsExactly("c -inf", "d 0.1", "a 1", "b 2.5");
    assertThat(set.isFull()).isTrue();
  }

  @Test
  void shouldReadElementsOneByOneInAnyOrder() throws Exception {
    read(5, "03 017a 000000000000f07f 0161 000000000000f83f c005 000000000000f8bf");
    assertThat(elements()).containsExactly("5 -1.5", "a 1.5", "z inf");
    assertThat(set.isFull()).isFalse();
  }

  /** A listpack has no -0, so a set that was full keeps it only if it never was compact. */
  @ParameterizedTest
  @CsvSource({"1, -0", "64, 0"})
  void shouldKeepTheSignOfZeroWhereRedisDoes(int longest, String expected) throws Exception {
    cell.limits().zsetMaxListpackValue = longest;
    read(5, "02 0162 0000000000000080 02 6161 000000000000f0bf");
    assertThat(elements()).containsExactly("aa -1", "b " + expected);
    assertThat(set.isFull()).isEqualTo(longest == 1);
  }

  @Test
  void shouldReadScoresThatAreText() throws Exception {
    read(3, "04 0161 03 312e35 0162 fe 0163 ff 0164 02 2d31");
    assertThat(elements()).containsExactly("c -inf", "d -1", "a 1.5", "b inf");
  }

  @ParameterizedTest
  @CsvSource({
    // NaN, as eight bytes and as text
    "5, 01 0161 000000000000f87f",
    "3, 01 0161 fd",
    "3, 01 0161 01 78",
    // a member twice
    "5, 02 0161 000000000000f83f 0161 000000000000f03f",
    "17, 0f 0f00000004008161020101816102020 1ff",
    // out of order by score, and by member
    "17, 0f 0f000000040081610202018162020101ff",
    "17, 0f 0f000000040081620201018161020101ff",
    // an odd number, a score that is no number, an element that is none
    "17, 0a 0a0000000100816102ff",
    "17, 0d 0d000000020081610281780 2ff",
    "17, 03 010203",
    "5, 81 ffffffffffffffff",
    "12, 00"
  })
  void shouldRefuseWhatIsMalformed(int type, String hex) {
    assertThatThrownBy(() -> read(type, hex)).isInstanceOf(RdbFormatException.class);
  }

  @Test
  void shouldSurviveAnyDamage() throws Exception {
    byte[] good = HexFormat.of().parseHex(OF_VALKEY);
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      free();
      makeEmptySet();
      cell.limits().zsetMaxListpackEntries = i % 2 == 0 ? 128 : 2;
      try {
        read(new int[] {17, 5, 3}[i % 3], HexFormat.of().formatHex(bad));
        elements();
      } catch (IOException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 200})
  void shouldWriteWhatIsReadAgain(int size) throws Exception {
    for (int i = 0; i < size; i++) {
      add("m" + i * 7 % size, i % 10 == 0 ? i / 3.0 : i - 5);
    }
    List<String> before = elements();
    boolean full = set.isFull();
    int type = SortedSetRecord.type(set, Rdb.VERSION_REDIS_7_0);
    byte[] bytes = written();
    free();
    makeEmptySet();
    read(type, HexFormat.of().formatHex(bytes));
    assertThat(elements()).isEqualTo(before);
    assertThat(set.isFull()).isEqualTo(full);
  }

  @Test
  void shouldWriteFromTheHighestDown() throws Exception {
    add("m".repeat(65), 1.5);
    add("z", Double.POSITIVE_INFINITY);
    String hex = HexFormat.of().formatHex(written());
    assertThat(hex).startsWith("02017a000000000000f07f").endsWith("000000000000f83f");
  }

  private byte[] written() {
    NativeOutput out = new NativeOutput(256);
    try (RdbEncoder encoder = new RdbEncoder(out, true)) {
      SortedSetRecord.write(encoder, set, Rdb.VERSION_REDIS_7_0);
      return out.toBytes();
    } finally {
      out.release();
    }
  }

  private void add(String member, double score) {
    try (NativeMemory memory = new NativeMemory(member.getBytes(ISO_8859_1))) {
      set.put(score, memory.address, memory.length);
    }
  }

  private void read(int type, String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    try (NativeMemory memory = new NativeMemory(bytes);
        RdbInput in = RdbInput.of(memory.address, memory.length)) {
      SortedSetRecord.read(type, in, set);
    }
  }

  private List<String> elements() {
    List<String> elements = new ArrayList<>();
    if (set.isEmpty()) {
      return elements;
    }
    set.select(0);
    do {
      String member = new String(set.member().bytes(), ISO_8859_1);
      elements.add(member + " " + DoubleText.text(set.score()));
    } while (set.next());
    return elements;
  }
}
