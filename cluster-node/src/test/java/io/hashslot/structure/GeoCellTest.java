package io.hashslot.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoCellTest {
  /** The numbers and texts that Redis 7.0.15 and Valkey 8.0.1 give. */
  @ParameterizedTest
  @CsvSource({
    "13.361389, 38.115556, 3479099956230698, sqc8b49rny0",
    "15.087269, 37.502669, 3479447370796909, sqdtr74hyu0",
    "1, 2, 3378080408407459, s02equ04ve0",
    "-180, -85.05112878, 0, 00bh0hbj200"
  })
  void placesHaveTheSameNumbersAsInRedis(
      double longitude, double latitude, long number, String text) {
    assertThat(GeoCell.of(longitude, latitude)).isEqualTo(number);
    assertThat(GeoCell.text(GeoCell.longitude(number), GeoCell.latitude(number))).isEqualTo(text);
    assertThat(GeoCell.longitude(number)).isCloseTo(longitude, within(1e-5));
    assertThat(GeoCell.latitude(number)).isCloseTo(latitude, within(1e-5));
  }

  @Test
  void scoresThatAreNoNumbersOfPlacesDoNoHarm() {
    assertThat(GeoCell.longitude(GeoCell.ofScore(-1))).isEqualTo(180);
    assertThat(GeoCell.latitude(GeoCell.ofScore(-1))).isEqualTo(GeoCell.LATITUDE_MAX);
    assertThat(GeoCell.ofScore(1e300)).isZero();
    assertThat(GeoCell.ofScore(Double.POSITIVE_INFINITY)).isZero();
    assertThat(GeoCell.ofScore(0x1p63)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aCoverHoldsAllPlacesOfItsShape() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double longitude = random.nextDouble() * 300 - 150;
      double latitude = random.nextDouble() * 120 - 60;
      double size = Math.pow(10, random.nextInt(5)) * (1 + random.nextDouble());
      GeoShape shape =
          random.nextBoolean()
              ? GeoShape.circle(longitude, latitude, size, 1)
              : GeoShape.box(longitude, latitude, size, size * random.nextDouble(), 1);
      double degrees = size / 50_000;
      double placeLongitude = longitude + (random.nextDouble() - 0.5) * degrees;
      double placeLatitude = latitude + (random.nextDouble() - 0.5) * degrees;
      long place = GeoCell.of(placeLongitude, placeLatitude);
      if (Double.isNaN(shape.distanceM(GeoCell.longitude(place), GeoCell.latitude(place)))) {
        continue;
      }
      assertThat(covers(shape.cover(), place)).as("seed %s, %s", seed, shape).isTrue();
    }
  }

  @Test
  void rangesOfACoverDoNotOverlap() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      GeoShape shape =
          GeoShape.circle(
              random.nextDouble() * 360 - 180,
              random.nextDouble() * 170 - 85,
              Math.pow(10, random.nextInt(6)),
              1);
      GeoCover cover = shape.cover();
      Set<Long> starts = new HashSet<>();
      for (int range = 0; range < cover.count(); range++) {
        starts.add(cover.from(range));
        assertThat(cover.from(range)).isLessThan(cover.to(range));
      }
      assertThat(starts).hasSize(cover.count());
    }
  }

  @Test
  void distancesFollowTheHaversine() {
    assertThat(GeoDistance.between(13.361389, 38.115556, 15.087269, 37.502669))
        .isCloseTo(166274.15, within(1.0));
    assertThat(GeoDistance.between(5, 10, 5, 11)).isCloseTo(111_226, within(1.0));
    assertThat(GeoDistance.between(179.9, 0, -179.9, 0)).isCloseTo(22_245, within(1.0));
  }

  private static boolean covers(GeoCover cover, long place) {
    for (int i = 0; i < cover.count(); i++) {
      if (cover.from(i) <= place && place < cover.to(i)) {
        return true;
      }
    }
    return false;
  }
}
