package io.hashslot.structure;

/**
 * Distances on a sphere as large as the Earth, by the haversine formula. Degrees in, meters out.
 */
public final class GeoDistance {
  /** The radius that Redis takes: that of the sphere of equal volume on the equator's side. */
  static final double EARTH_RADIUS_M = 6372797.560856;

  private static final double RADIANS_PER_DEGREE = Math.PI / 180;

  private GeoDistance() {}

  /** The distance of two places. */
  public static double between(
      double longitude1, double latitude1, double longitude2, double latitude2) {
    double v = Math.sin((radians(longitude2) - radians(longitude1)) / 2);
    if (v == 0) {
      return betweenLatitudes(latitude1, latitude2);
    }
    double from = radians(latitude1);
    double to = radians(latitude2);
    double u = Math.sin((to - from) / 2);
    double a = u * u + Math.cos(from) * Math.cos(to) * v * v;
    return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(a));
  }

  /** The distance of two places on one meridian. */
  static double betweenLatitudes(double one, double other) {
    return EARTH_RADIUS_M * Math.abs(radians(other) - radians(one));
  }

  static double radians(double degrees) {
    return degrees * RADIANS_PER_DEGREE;
  }

  static double degrees(double radians) {
    return radians / RADIANS_PER_DEGREE;
  }
}
