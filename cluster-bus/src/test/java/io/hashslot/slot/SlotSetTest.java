package io.hashslot.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotSetTest {
  @Test
  void theBitmapHasTheOrderOfTheBus() {
    byte[] bits = SlotSet.range(0, 5460).bitmap();
    for (int at = 0; at < 682; at++) {
      assertThat(bits[at]).isEqualTo((byte) 0xFF);
    }
    assertThat(bits[682]).isEqualTo((byte) 0x1F);
    assertThat(bits[683]).isZero();
    assertThat(SlotSet.range(5461, 10922).bitmap()[682]).isEqualTo((byte) 0xE0);
  }

  @Test
  void addAndRemoveTellWhetherTheyChangedAnything() {
    SlotSet set = new SlotSet();
    assertThat(set.add(7)).isTrue();
    assertThat(set.add(7)).isFalse();
    assertThat(set.remove(7)).isTrue();
    assertThat(set.remove(7)).isFalse();
    assertThat(set.isEmpty()).isTrue();
  }

  @Test
  void numbersThatAreNoSlotAreRefused() {
    assertThatThrownBy(() -> SlotSet.of(16384)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new SlotSet().contains(-1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> SlotSet.range(5, 4));
  }

  @Test
  void theTextFormListsMaximalRanges() {
    assertThat(SlotSet.of(5462, 3, 0, 1, 2, 16383)).hasToString("0-3 5462 16383");
    assertThat(SlotSet.all()).hasToString("0-16383");
    assertThat(new SlotSet()).hasToString("");
    assertThat(SlotSet.parse("0-5460 5462").ranges())
        .containsExactly(new SlotRange(0, 5460), new SlotRange(5462, 5462));
  }

  @Test
  void theTextFormIsReadInAnyOrder() {
    assertThat(SlotSet.parse("7  3-4 0-3")).isEqualTo(SlotSet.of(0, 1, 2, 3, 4, 7));
    assertThat(SlotSet.parse("")).isEqualTo(new SlotSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1-", "-1", "1-2-3", "16384", "9-8", "+1", "1,2", "123456", "1 -2"})
  void otherTextIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SlotSet.parse(text));
  }

  @Test
  void aCopyIsIndependent() {
    SlotSet set = SlotSet.of(1);
    SlotSet copy = set.copy();
    set.add(2);
    assertThat(copy).isEqualTo(SlotSet.of(1)).isNotEqualTo(set);
    copy.set(set);
    assertThat(copy).isEqualTo(set).hasSameHashCodeAs(set);
  }

  @Test
  void aBitmapOfTheBusIsReadAtItsOffset() {
    byte[] frame = new byte[SlotSet.BYTES + 10];
    System.arraycopy(SlotSet.range(100, 200).bitmap(), 0, frame, 10, SlotSet.BYTES);
    assertThat(SlotSet.fromBitmap(frame, 10)).hasToString("100-200");
    assertThatThrownBy(() -> SlotSet.fromBitmap(frame, 11))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void searchStopsAtTheEnds() {
    assertThat(new SlotSet().next(0)).isEqualTo(-1);
    assertThat(SlotSet.all().nextAbsent(0)).isEqualTo(-1);
    assertThat(SlotSet.all().next(16383)).isEqualTo(16383);
    assertThat(SlotSet.all().next(16384)).isEqualTo(-1);
    assertThat(SlotSet.of(63, 64).next(64)).isEqualTo(64);
  }

  @Property(tries = 300)
  void behavesLikeABitSet(
      @ForAll Set<@IntRange(max = 16383) Integer> first,
      @ForAll Set<@IntRange(max = 16383) Integer> second,
      @ForAll @IntRange(max = 16383) int from,
      @ForAll @IntRange(max = 500) int length) {
    SlotSet one = set(first);
    SlotSet two = set(second);
    BitSet oneModel = model(first);
    BitSet twoModel = model(second);
    int last = Math.min(16383, from + length);
    one.addRange(from, last);
    oneModel.set(from, last + 1);
    two.add(from);
    twoModel.set(from);
    expectEqual(one, oneModel);
    assertThat(one.intersects(two)).isTrue();
    assertThat(SlotSet.parse(one.toString())).isEqualTo(one);

    SlotSet both = one.copy();
    both.addAll(two);
    assertThat(both.containsAll(one)).isTrue();
    assertThat(both.containsAll(two)).isTrue();
    SlotSet common = one.copy();
    common.retainAll(two);
    BitSet commonModel = (BitSet) oneModel.clone();
    commonModel.and(twoModel);
    expectEqual(common, commonModel);
    one.removeAll(two);
    oneModel.andNot(twoModel);
    expectEqual(one, oneModel);
    assertThat(one.intersects(two)).isFalse();
  }

  private static void expectEqual(SlotSet set, BitSet model) {
    List<Integer> slots = new ArrayList<>();
    set.forEach(slots::add);
    assertThat(slots).isEqualTo(model.stream().boxed().toList());
    assertThat(set.count()).isEqualTo(model.cardinality());
    for (int slot : slots) {
      assertThat(set.contains(slot)).isTrue();
    }
  }

  private static SlotSet set(Set<Integer> slots) {
    SlotSet set = new SlotSet();
    slots.forEach(set::add);
    return set;
  }

  private static BitSet model(Set<Integer> slots) {
    BitSet model = new BitSet();
    slots.forEach(model::set);
    return model;
  }
}
