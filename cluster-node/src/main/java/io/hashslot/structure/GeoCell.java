package io.hashslot.structure;

/**
 * Places on Earth as numbers of 52 bits: longitude and latitude, each cut into 2^26 steps, with
 * their bits in turn, those of the longitude first. Numbers that begin with the same bits lie in
 * the same cell, so what is near is mostly near in order, too. Latitudes end at ±85.05112878°,
 * where Web Mercator does (EPSG:3857); places are given back as the middle of their cell.
 *
 * <p>The same numbers as in Redis, so that its data and its clients' computations hold here.
 */
public final class GeoCell {
  public static final double LONGITUDE_MAX = 180;
  public static final double LATITUDE_MAX = 85.05112878;

  /** How often longitude and latitude are halved each. */
  static final int STEPS = 26;

  private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int TEXT_LENGTH = 11;
  private static final int TEXT_BITS = 5;

  private GeoCell() {}

  /** Whether there are numbers for a place. */
  public static boolean exists(double longitude, double latitude) {
    return Math.abs(longitude) <= LONGITUDE_MAX && Math.abs(latitude) <= LATITUDE_MAX;
  }

  /** The number of a place that exists. */
  public static long of(double longitude, double latitude) {
    return cell(longitude, latitude, STEPS);
  }

  /** The number of the cell of a place, with two bits for each step. */
  static long cell(double longitude, double latitude, int steps) {
    return join(step(longitude, LONGITUDE_MAX, steps), step(latitude, LATITUDE_MAX, steps));
  }

  private static long step(double value, double max, int steps) {
    return (long) ((value + max) / (max + max) * (1L << steps));
  }

  /** The number of a place that was kept as a score. */
  public static long ofScore(double score) {
    double half = 0x1p63;
    if (score < half) {
      return (long) score;
    }
    // What is beyond 64 bits becomes 0, as on the processors that the C servers run on.
    double upper = score - half;
    return upper < half ? (long) upper ^ Long.MIN_VALUE : 0;
  }

  /** The longitude of the middle of a place, in degrees. */
  public static double longitude(long number) {
    return middle(gather(number >>> 1), LONGITUDE_MAX);
  }

  /** The latitude of the middle of a place, in degrees. */
  public static double latitude(long number) {
    return middle(gather(number), LATITUDE_MAX);
  }

  private static double middle(long step, double max) {
    double value = (edge(step, max, STEPS) + edge(step + 1, max, STEPS)) / 2;
    return Math.max(-max, Math.min(max, value));
  }

  /** Where a step begins, in degrees. */
  static double edge(long step, double max, int steps) {
    return -max + step * 1.0 / (1L << steps) * (max + max);
  }

  /** Puts the bits of two numbers of 32 bits in turn. */
  static long join(long longitude, long latitude) {
    return scatter(longitude) << 1 | scatter(latitude);
  }

  private static long scatter(long number) {
    return Long.expand(number & 0xFFFF_FFFFL, 0x5555_5555_5555_5555L);
  }

  /** Every second bit of a number. */
  static long gather(long number) {
    return Long.compress(number, 0x5555_5555_5555_5555L);
  }

  /**
   * The place as text that people exchange as a geohash: eleven characters of five bits. There,
   * latitudes go up to 90°, and the last character has no bits left.
   */
  public static String text(double longitude, double latitude) {
    long bits = join(step(longitude, LONGITUDE_MAX, STEPS), step(latitude, 90, STEPS));
    StringBuilder text = new StringBuilder(TEXT_LENGTH);
    for (int i = 1; i < TEXT_LENGTH; i++) {
      text.append(ALPHABET.charAt((int) (bits >>> 2 * STEPS - i * TEXT_BITS) & 31));
    }
    return text.append(ALPHABET.charAt(0)).toString();
  }
}
