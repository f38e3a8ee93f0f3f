package io.hashslot.structure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.memory.CheckingArena;
import io.hashslot.memory.Memory;
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
import org.junit.jupiter.params.provider.ValueSource;

class ListpackTest {
  private final CheckingArena arena = new CheckingArena();
  private final ArenaRoom room = new ArenaRoom(arena);

  @BeforeEach
  void emptyListpack() {
    Listpack.create(room);
  }

  @AfterEach
  void nothingLeaks() {
    room.close();
    arena.close();
  }

  @Test
  void anEmptyOneHasSevenBytesAndNoElements() {
    assertThat(HexFormat.of().formatHex(room.bytes())).isEqualTo("07000000" + "0000" + "ff");
    assertThat(Listpack.count(room.address())).isZero();
    assertThat(Listpack.first(room.address())).isZero();
    assertThat(Listpack.last(room.address())).isZero();
    assertThat(Listpack.seek(room.address(), 0)).isZero();
    assertThat(Listpack.seek(room.address(), -1)).isZero();
    assertThat(Listpack.find(Listpack.first(room.address()), 0, room.address(), 1)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0001",
    "127, 7f01",
    "128, c08002",
    "-1, dfff02",
    "4095, cfff02",
    "-4096, d00002",
    "4096, f1001003",
    "-4097, f1ffef03",
    "-32768, f1008003",
    "32768, f200800004",
    "8388607, f2ffff7f04",
    "-8388608, f200008004",
    "8388608, f30000800005",
    "-2147483648, f30000008005",
    "2147483648, f4000000800000000009",
    "9223372036854775807, f4ffffffffffffff7f09",
    "-9223372036854775808, f4000000000000008009",
    "'', 8001",
    "-, 812d02",
    "-0, 822d3003",
    "00, 82303003",
    "+1, 822b3103",
    "1.0, 83312e3004",
    "abc, 8361626304",
    "9223372036854775808, 933932323333373230333638353437373538303814",
    "-9223372036854775809, 942d3932323333373230333638353437373538303915",
  })
  void encodesAsRedisDoes(String text, String hex) {
    append(text);
    assertThat(HexFormat.of().formatHex(room.bytes(), 6, room.length() - 1)).isEqualTo(hex);
    assertThat(elementBytes(text)).isEqualTo(hex.length() / 2);
    assertThat(contents()).containsExactly(text);
    Listpack.delete(room, Listpack.first(room.address()));
    if (!hex.startsWith("8") && !hex.startsWith("9")) {
      Listpack.appendLong(room, Long.parseLong(text));
      assertThat(HexFormat.of().formatHex(room.bytes(), 6, room.length() - 1)).isEqualTo(hex);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {63, 64, 125, 126, 4095, 4096, 16376, 16377, 16378, 16379, 2097144, 2097145, 2097146})
  void sizesBehindLongTextsAreReadBackwards(int length) {
    append("before");
    append("x".repeat(length));
    append("behind");
    long last = Listpack.last(room.address());
    assertThat(text(last)).isEqualTo("behind");
    long middle = Listpack.previous(room.address(), last);
    assertThat(Listpack.textLength(middle)).isEqualTo(length);
    assertThat(text(Listpack.previous(room.address(), middle))).isEqualTo("before");
    assertThat(Listpack.next(middle)).isEqualTo(last);
    assertThat(Listpack.valid(room.address(), room.length(), true)).isTrue();
  }

  @Test
  void theSizeBehindGrowsOneByteEarlierThanItMust() {
    append("x".repeat(16382 - 5));
    assertThat(room.length()).isEqualTo(7 + 16382 + 2);
    Listpack.replace(room, Listpack.first(room.address()), room.address(), 0);
    append("x".repeat(16383 - 5));
    assertThat(HexFormat.of().formatHex(room.bytes(), room.length() - 4, room.length()))
        .isEqualTo("00ffff" + "ff");
  }

  @Test
  void behavesLikeAList() {
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      List<String> model = new ArrayList<>();
      Listpack.create(room);
      for (int step = 0; step < 1500; step++) {
        change(random, model, random.nextInt(step / 300 % 2 == 0 ? 8 : 11));
        check(model, random, "seed " + seed + " step " + step);
      }
    }
  }

  private void change(Random random, List<String> model, int operation) {
    String text = text(random);
    int index = model.isEmpty() ? 0 : random.nextInt(model.size());
    long p = Listpack.seek(room.address(), random.nextBoolean() ? index : index - model.size());
    assertThat(p == 0).isEqualTo(model.isEmpty());
    if (model.isEmpty() || operation == 0) {
      assertThat(text(append(text))).isEqualTo(text);
      model.add(text);
    } else if (operation == 1) {
      assertThat(text(with(text, (a, n) -> Listpack.prepend(room, a, n)))).isEqualTo(text);
      model.addFirst(text);
    } else if (operation == 2) {
      with(text, (a, n) -> Listpack.insertBefore(room, p, a, n));
      model.add(index, text);
    } else if (operation == 3) {
      with(text, (a, n) -> Listpack.insertAfter(room, p, a, n));
      model.add(index + 1, text);
    } else if (operation == 4) {
      assertThat(text(with(text, (a, n) -> Listpack.replace(room, p, a, n)))).isEqualTo(text);
      model.set(index, text);
    } else if (operation == 5) {
      numbers(random.nextLong() >> random.nextInt(64), model, index, p, random.nextInt(5));
    } else if (operation < 9) {
      long next = Listpack.delete(room, p);
      model.remove(index);
      assertThat(next == 0).isEqualTo(index == model.size());
      assertThat(next == 0 || text(next).equals(model.get(index))).isTrue();
    } else {
      int count = random.nextInt(4);
      Listpack.deleteRange(room, p, count);
      model.subList(index, Math.min(model.size(), index + count)).clear();
    }
  }

  private void numbers(long value, List<String> model, int index, long p, int operation) {
    String text = Long.toString(value);
    switch (operation) {
      case 0 -> {
        Listpack.appendLong(room, value);
        model.add(text);
      }
      case 1 -> {
        Listpack.prependLong(room, value);
        model.addFirst(text);
      }
      case 2 -> {
        Listpack.insertBeforeLong(room, p, value);
        model.add(index, text);
      }
      case 3 -> {
        Listpack.insertAfterLong(room, p, value);
        model.add(index + 1, text);
      }
      default -> {
        assertThat(Listpack.longValue(Listpack.replaceLong(room, p, value))).isEqualTo(value);
        model.set(index, text);
      }
    }
  }

  private void check(List<String> model, Random random, String when) {
    long listpack = room.address();
    assertThat(Listpack.valid(listpack, room.length(), true)).as(when).isTrue();
    assertThat(Listpack.totalBytes(listpack)).isEqualTo(room.length());
    assertThat(Listpack.count(listpack)).isEqualTo(model.size());
    assertThat(contents()).as(when).isEqualTo(model);
    assertThat(Listpack.seek(listpack, model.size())).isZero();
    assertThat(Listpack.seek(listpack, -model.size() - 1)).isZero();
    String wanted =
        model.isEmpty() || random.nextBoolean()
            ? text(random)
            : model.get(random.nextInt(model.size()));
    int skip = random.nextInt(3);
    int expected = -1;
    for (int i = 0; i < model.size() && expected < 0; i += skip + 1) {
      expected = model.get(i).equals(wanted) ? i : -1;
    }
    long found = with(wanted, (a, n) -> Listpack.find(Listpack.first(listpack), skip, a, n));
    assertThat(found).as(when).isEqualTo(expected < 0 ? 0 : Listpack.seek(listpack, expected));
    for (long p = Listpack.first(listpack); p != 0; p = Listpack.next(p)) {
      long at = p;
      boolean equal = with(wanted, (a, n) -> Listpack.equal(at, a, n) ? 1 : 0) == 1;
      assertThat(equal).isEqualTo(text(p).equals(wanted));
      assertThat(Listpack.length(p)).isEqualTo(text(p).length());
    }
  }

  @Test
  void moreElementsThanTheHeaderCanTellAreCounted() {
    for (int i = 0; i < 65_534; i++) {
      Listpack.appendLong(room, i & 63);
    }
    assertThat(Memory.getShort(room.address() + 4) & 0xFFFF).isEqualTo(65_534);
    Listpack.appendLong(room, 1);
    Listpack.appendLong(room, 2);
    assertThat(Memory.getShort(room.address() + 4) & 0xFFFF).isEqualTo(65_535);
    assertThat(Listpack.count(room.address())).isEqualTo(65_536);
    assertThat(Listpack.longValue(Listpack.seek(room.address(), 65_535))).isEqualTo(2);
    assertThat(Listpack.longValue(Listpack.seek(room.address(), -2))).isEqualTo(1);
    assertThat(Listpack.seek(room.address(), 65_536)).isZero();
    assertThat(Listpack.seek(room.address(), -65_537)).isZero();
    assertThat(Listpack.valid(room.address(), room.length(), true)).isTrue();
    Listpack.deleteRange(room, Listpack.seek(room.address(), 10), 100_000);
    assertThat(Listpack.count(room.address())).isEqualTo(10);
  }

  @Test
  void runsOfElementsAreCopiedAsTheyAre() {
    try (ArenaRoom other = new ArenaRoom(arena)) {
      Listpack.create(other);
      for (String text : List.of("a", "12", "b".repeat(5000), "-77777")) {
        append(text);
      }
      Listpack.appendRun(other, Listpack.seek(room.address(), 1), 3);
      Listpack.appendRun(other, Listpack.first(room.address()), 1);
      Listpack.appendRun(other, Listpack.first(room.address()), 0);
      assertThat(contents(other)).containsExactly("12", "b".repeat(5000), "-77777", "a");
      assertThat(Listpack.valid(other.address(), other.length(), true)).isTrue();
    }
  }

  @Test
  void numbersThatOthersKeptAsTextAreFound() {
    byte[] bytes = HexFormat.of().parseHex("0b000000" + "0100" + "82313203" + "ff");
    try (ArenaRoom other = new ArenaRoom(arena, bytes)) {
      assertThat(Listpack.valid(other.address(), other.length(), true)).isTrue();
      long found = with("12", (a, n) -> Listpack.find(Listpack.first(other.address()), 0, a, n));
      assertThat(found).isEqualTo(other.address() + 6);
    }
  }

  @Test
  void damagedBytesAreRefusedOrCanBeReadWithoutHarm() {
    Random random = new Random(11);
    for (int i = 0; i < 12; i++) {
      append(text(random));
    }
    append("y".repeat(5000));
    byte[] good = room.bytes();
    assertThat(valid(good)).isTrue();
    for (int length = 0; length < Math.min(400, good.length); length++) {
      assertThat(valid(Arrays.copyOf(good, length))).isFalse();
      byte[] shortened = Arrays.copyOf(good, length);
      if (length >= 7) {
        shortened[0] = (byte) length;
        shortened[1] = (byte) (length >>> 8);
        shortened[length - 1] = (byte) 0xFF;
        readIfValid(shortened);
      }
    }
    for (int round = 0; round < 10_000; round++) {
      byte[] bad = good.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        bad[4 + random.nextInt(300)] = (byte) random.nextInt(256);
      }
      readIfValid(bad);
    }
  }

  /** In a block of exactly its size, between guards. */
  private void readIfValid(byte[] bytes) {
    if (!valid(bytes)) {
      return;
    }
    try (ArenaRoom other = new ArenaRoom(arena, bytes)) {
      int count = contents(other).size();
      assertThat(Listpack.count(other.address())).isEqualTo(count);
    }
  }

  private boolean valid(byte[] bytes) {
    try (ArenaRoom other = new ArenaRoom(arena, bytes)) {
      return Listpack.valid(other.address(), other.length(), true);
    }
  }

  @Test
  void whatWouldBecomeTooLargeIsTold() {
    assertThat(Listpack.fits(room.address(), Listpack.MAX_BYTES - 7L)).isTrue();
    assertThat(Listpack.fits(room.address(), Listpack.MAX_BYTES - 6L)).isFalse();
    assertThat(Listpack.fits(room.address(), Long.MAX_VALUE / 2)).isFalse();
  }

  private static String text(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> Long.toString(random.nextLong());
      case 2 -> Integer.toString(random.nextInt(300) - 100);
      case 3 -> "member:" + random.nextInt(50);
      case 4 -> "0" + random.nextInt(9);
      case 5 -> "x".repeat(random.nextInt(200));
      case 6 -> random.nextInt(50) == 0 ? "z".repeat(4090 + random.nextInt(20)) : "12.5";
      default -> Integer.toString(random.nextInt(5));
    };
  }

  private interface Call {
    long apply(long address, int length);
  }

  /** Runs a call with text in native memory. */
  private long with(String text, Call call) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    long address = arena.allocate(bytes.length + 1);
    try {
      Memory.copy(bytes, 0, address, bytes.length);
      return call.apply(address, bytes.length);
    } finally {
      arena.free(address, bytes.length + 1);
    }
  }

  private long append(String text) {
    return with(text, (a, n) -> Listpack.append(room, a, n));
  }

  private long elementBytes(String text) {
    return with(text, Listpack::elementBytes);
  }

  private static String text(long p) {
    return new String(Listpack.get(p, new Slice()).bytes(), ISO_8859_1);
  }

  private List<String> contents() {
    return contents(room);
  }

  /** Read forwards; backwards must give the same. */
  private static List<String> contents(Room room) {
    List<String> forwards = new ArrayList<>();
    for (long p = Listpack.first(room.address()); p != 0; p = Listpack.next(p)) {
      forwards.add(text(p));
    }
    List<String> backwards = new ArrayList<>();
    for (long p = Listpack.last(room.address()); p != 0; ) {
      backwards.addFirst(text(p));
      p = Listpack.previous(room.address(), p);
    }
    assertThat(backwards).isEqualTo(forwards);
    return forwards;
  }
}
