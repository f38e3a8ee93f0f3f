package io.hashslot.persist.rdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.memory.CheckingArena;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.ArenaCell;
import io.hashslot.value.Kind;
import io.hashslot.value.SetEncoding;
import io.hashslot.value.SetValue;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetRecordTest {
  private static final String LISTPACK_A_1_B = "0f00000003008161020101816202ff";

  private final CheckingArena arena = new CheckingArena();
  private ArenaCell cell = new ArenaCell(arena, Kind.SET);
  private SetValue set = new SetValue();

  @BeforeEach
  void makeEmptySet() {
    cell = new ArenaCell(arena, Kind.SET);
    set = new SetValue();
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

  @Test
  void shouldReadMembersOneByOne() throws Exception {
    read(2, "03 0161 c005 026262");
    assertThat(members()).containsExactly("5", "a", "bb");
    assertThat(set.encoding()).isEqualTo(SetEncoding.LISTPACK);
  }

  @Test
  void shouldReadTheCompactForms() throws Exception {
    read(11, "0e 0200000003000000 fdff 0500 2c01");
    assertThat(members()).containsExactly("-3", "300", "5");
    assertThat(set.encoding()).isEqualTo(SetEncoding.INTSET);
    free();
    makeEmptySet();
    read(20, "0f" + LISTPACK_A_1_B);
    assertThat(members()).containsExactly("1", "a", "b");
    assertThat(set.encoding()).isEqualTo(SetEncoding.LISTPACK);
  }

  @Test
  void shouldMakeATableOfWhatIsTooLargeForItsForm() throws Exception {
    lowLimits();
    read(11, "0e 0200000003000000 fdff 0500 2c01");
    assertThat(set.encoding()).isEqualTo(SetEncoding.HASHTABLE);
    assertThat(members()).containsExactly("-3", "300", "5");
    free();
    makeEmptySet();
    lowLimits();
    read(20, "0f" + LISTPACK_A_1_B);
    assertThat(set.encoding()).isEqualTo(SetEncoding.HASHTABLE);
    free();
    makeEmptySet();
    lowLimits();
    read(2, "03 c001 c002 c003");
    assertThat(set.encoding()).isEqualTo(SetEncoding.HASHTABLE);
  }

  private void lowLimits() {
    cell.limits().setMaxIntsetEntries = 2;
    cell.limits().setMaxListpackEntries = 2;
  }

  @ParameterizedTest
  @CsvSource({
    "2, 02 0161 0161",
    "2, 02 c001 0131",
    "11, 08 0200000000000000",
    "11, 0a 0200000001000000 01",
    "11, 0c 0200000002000000 0200 0100",
    "11, 0c 0200000002000000 0100 0100",
    "11, 0b 0300000001000000 010000",
    "20, 0f 0f00000003008161020101816102ff",
    "20, 0f 0f00000004008161020101816202ff",
    "20, 0f 1000000003008161020101816202ff",
    "20, 03 010203"
  })
  void shouldRefuseWhatIsMalformed(int type, String hex) {
    assertThatThrownBy(() -> read(type, hex)).isInstanceOf(RdbFormatException.class);
  }

  @Test
  void shouldRefuseRepetitionsAmongManyMembers() {
    StringBuilder elements = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      elements.append(String.format("%02x01", i == 49 ? 7 : i));
    }
    String listpack = "6b000000" + "3200" + elements + "ff";
    assertThatThrownBy(() -> read(20, "406b" + listpack)).isInstanceOf(RdbFormatException.class);
  }

  @Test
  void shouldSurviveAnyDamage() throws Exception {
    byte[] good = HexFormat.of().parseHex("0f" + LISTPACK_A_1_B);
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      free();
      makeEmptySet();
      try {
        read(new int[] {2, 11, 20}[i % 3], HexFormat.of().formatHex(bad));
        members();
      } catch (IOException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11})
  void shouldWriteWhatIsReadAgain(int version) throws Exception {
    for (String members : new String[] {"1 2 3", "a 1 -70000", "x 5000000000 " + "y".repeat(80)}) {
      for (String member : members.split(" ")) {
        add(member);
      }
      TreeSet<String> before = members();
      SetEncoding encoding = set.encoding();
      int type = SetRecord.type(set, version);
      byte[] bytes = written(version);
      free();
      makeEmptySet();
      read(type, HexFormat.of().formatHex(bytes));
      assertThat(members()).isEqualTo(before);
      assertThat(set.encoding()).isEqualTo(encoding);
      free();
      makeEmptySet();
    }
  }

  private byte[] written(int version) {
    NativeOutput out = new NativeOutput(256);
    try (RdbEncoder encoder = new RdbEncoder(out, true)) {
      SetRecord.write(encoder, set, version);
      return out.toBytes();
    } finally {
      out.release();
    }
  }

  private void add(String member) {
    try (NativeMemory memory = new NativeMemory(member.getBytes(ISO_8859_1))) {
      set.add(memory.address, memory.length);
    }
  }

  private void read(int type, String hex) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    try (NativeMemory memory = new NativeMemory(bytes);
        RdbInput in = RdbInput.of(memory.address, memory.length)) {
      SetRecord.read(type, in, set);
    }
  }

  private TreeSet<String> members() {
    TreeSet<String> members = new TreeSet<>();
    set.each(member -> members.add(new String(member.bytes(), ISO_8859_1)));
    return members;
  }
}
