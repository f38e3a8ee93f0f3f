package io.hashslot.persist.rdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.memory.CheckingArena;
import io.hashslot.resp.NativeOutput;
import io.hashslot.value.ArenaCell;
import io.hashslot.value.CollectionValue;
import io.hashslot.value.HashValue;
import io.hashslot.value.Kind;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Collections of many elements, which are put into their tables by the batch. */
class BigCollectionRecordTest {
  private static final int MANY = 3000;
  private static final int BUFFER_BYTES = 1000;

  private final CheckingArena arena = new CheckingArena();
  private ArenaCell cell = new ArenaCell(arena, Kind.SET);

  @AfterEach
  void nothingLeaks() {
    cell.close();
    arena.close();
  }

  private enum Form {
    SET(Kind.SET, 2),
    HASH(Kind.HASH, 4),
    SORTED_SET(Kind.SORTED_SET, 5);

    private final Kind kind;
    private final int type;

    Form(Kind kind, int type) {
      this.kind = kind;
      this.type = type;
    }

    private CollectionValue empty() {
      return switch (this) {
        case SET -> new SetValue();
        case HASH -> new HashValue();
        case SORTED_SET -> new SortedSetValue();
      };
    }
  }

  private enum Order {
    UP,
    DOWN,
    RANDOM
  }

  /** Short texts, long ones, and numbers; none stands for another. */
  private static String member(int i) {
    return switch (i % 4) {
          case 0 -> Integer.toString(i);
          case 1 -> "m" + i;
          case 2 -> "";
          default -> "a member that needs a block of its own " + i;
        }
        + (i % 4 == 2 ? "-" + i : "");
  }

  private static List<Integer> numbers(Order order) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      numbers.add(order == Order.DOWN ? MANY - 1 - i : i);
    }
    if (order == Order.RANDOM) {
      Collections.shuffle(numbers, new Random(5));
    }
    return numbers;
  }

  private static byte[] record(Form form, List<Integer> numbers) {
    NativeOutput out = new NativeOutput(256);
    try (RdbEncoder encoder = new RdbEncoder(out, true)) {
      encoder.length(numbers.size());
      for (int i : numbers) {
        encoder.string(member(i).getBytes(ISO_8859_1));
        switch (form) {
          case SET -> {}
          case HASH -> encoder.string(("value " + i).getBytes(ISO_8859_1));
          // Some have the same score as others.
          case SORTED_SET -> encoder.i64(Double.doubleToRawLongBits(i / 7));
        }
      }
      return out.toBytes();
    } finally {
      out.release();
    }
  }

  private CollectionValue read(Form form, byte[] record) throws IOException {
    cell.close();
    cell = new ArenaCell(arena, form.kind);
    CollectionValue value = form.empty();
    value.wrap(cell);
    value.init();
    try (RdbInput in =
        RdbInput.of(Channels.newChannel(new ByteArrayInputStream(record)), BUFFER_BYTES, false)) {
      RdbValues.read(form.type, in, value);
    }
    return value;
  }

  private static TreeMap<String, String> contents(CollectionValue value) {
    TreeMap<String, String> contents = new TreeMap<>();
    switch (value) {
      case SetValue set ->
          set.each(
              member -> {
                contents.put(new String(member.bytes(), ISO_8859_1), "");
                return true;
              });
      case HashValue hash ->
          hash.forEach(
              (field, text) ->
                  contents.put(
                      new String(field.bytes(), ISO_8859_1), new String(text.bytes(), ISO_8859_1)));
      case SortedSetValue sorted -> {
        sorted.select(0);
        double last = Double.NEGATIVE_INFINITY;
        do {
          assertThat(sorted.score()).isGreaterThanOrEqualTo(last);
          last = sorted.score();
          contents.put(new String(sorted.member().bytes(), ISO_8859_1), "" + (long) last);
        } while (sorted.next());
      }
      default -> throw new AssertionError(value);
    }
    return contents;
  }

  private static TreeMap<String, String> model(Form form) {
    TreeMap<String, String> model = new TreeMap<>();
    for (int i = 0; i < MANY; i++) {
      model.put(
          member(i),
          switch (form) {
            case SET -> "";
            case HASH -> "value " + i;
            case SORTED_SET -> "" + i / 7;
          });
    }
    return model;
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadManyElementsInAnyOrder(Form form) throws Exception {
    for (Order order : Order.values()) {
      CollectionValue value = read(form, record(form, numbers(order)));
      assertThat(value.size()).isEqualTo(MANY);
      assertThat(contents(value)).as("%s", order).isEqualTo(model(form));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "31, 30", "33, 31", "2999, 0", "2999, 2998", "1500, 1468"})
  void shouldRefuseAMemberThatStandsThereTwice(int place, int of) {
    for (Form form : Form.values()) {
      List<Integer> numbers = numbers(Order.RANDOM);
      numbers.set(place, numbers.get(of));
      byte[] record = record(form, numbers);
      assertThatThrownBy(() -> read(form, record)).isInstanceOf(RdbFormatException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepNothingOfARecordThatEndsTooEarly(Form form) {
    byte[] record = record(form, numbers(Order.RANDOM));
    Random random = new Random(6);
    for (int i = 0; i < 20; i++) {
      byte[] beginning = new byte[random.nextInt(record.length)];
      System.arraycopy(record, 0, beginning, 0, beginning.length);
      assertThatThrownBy(() -> read(form, beginning)).isInstanceOf(IOException.class);
    }
  }
}
