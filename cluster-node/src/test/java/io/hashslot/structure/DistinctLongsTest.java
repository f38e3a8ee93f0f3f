package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctLongsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 1000, 40_000})
  void shouldTellNewNumbersFromOldOnes(int most) {
    Random random = new Random(most);
    Set<Long> model = new HashSet<>();
    try (DistinctLongs numbers = new DistinctLongs(most)) {
      for (int i = 0; model.size() < most; i++) {
        long number = i % 3 == 0 ? random.nextLong() : (long) random.nextInt(most * 2) << 20;
        assertThat(numbers.add(number)).isEqualTo(model.add(number));
      }
      model.forEach(number -> assertThat(numbers.add(number)).isFalse());
    }
  }
}
