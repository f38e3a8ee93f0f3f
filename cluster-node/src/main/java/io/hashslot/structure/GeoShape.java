package io.hashslot.structure;

/**
 * What places are searched in: a circle, or a box whose sides follow meridians and parallels,
 * around a place. Lengths are in a unit of the caller's.
 *
 * @param longitude of the middle, degrees
 * @param latitude of the middle, degrees
 * @param radius of a circle; negative: this is a box
 * @param width of a box, from west to east
 * @param height of a box
 * @param unitM meters of a unit
 */
public record GeoShape(
    double longitude, double latitude, double radius, double width, double height, double unitM) {
  /** Half of the length of the equator, as Web Mercator has it, in meters. */
  private static final double MERCATOR_MAX_M = 20037726.37;

  /** Makes a circle. */
  public static GeoShape circle(double longitude, double latitude, double radius, double unitM) {
    return new GeoShape(longitude, latitude, radius, 0, 0, unitM);
  }

  /** Makes a box. */
  public static GeoShape box(
      double longitude, double latitude, double width, double height, double unitM) {
    return new GeoShape(longitude, latitude, -1, width, height, unitM);
  }

  private boolean isCircle() {
    return radius >= 0;
  }

  /** How far a place is from the middle, in meters; NaN if it is outside. */
  public double distanceM(double placeLongitude, double placeLatitude) {
    if (!isCircle()) {
      if (GeoDistance.betweenLatitudes(placeLatitude, latitude) > height * unitM / 2
          || GeoDistance.between(placeLongitude, placeLatitude, longitude, placeLatitude)
              > width * unitM / 2) {
        return Double.NaN;
      }
      return GeoDistance.between(longitude, latitude, placeLongitude, placeLatitude);
    }
    double distance = GeoDistance.between(longitude, latitude, placeLongitude, placeLatitude);
    return distance > radius * unitM ? Double.NaN : distance;
  }

  /** The cells that places of this shape lie in. */
  public GeoCover cover() {
    double reach =
        isCircle() ? radius : Math.sqrt(width / 2 * (width / 2) + height / 2 * (height / 2));
    int steps = steps(reach * unitM);
    double halfHeight = unitM * (isCircle() ? radius : height / 2);
    double halfWidth = unitM * (isCircle() ? radius : width / 2);
    double north = GeoDistance.degrees(halfHeight / GeoDistance.EARTH_RADIUS_M);
    double widest = latitude < 0 ? latitude - north : latitude + north;
    double east =
        GeoDistance.degrees(
            halfWidth / GeoDistance.EARTH_RADIUS_M / Math.cos(GeoDistance.radians(widest)));
    return GeoCover.of(
        longitude,
        latitude,
        steps,
        new GeoCover.Bounds(
            longitude - east, latitude - north, longitude + east, latitude + north));
  }

  /** How small cells may be of which a square of nine is enough, in general. */
  private int steps(double reachM) {
    if (reachM == 0) {
      return GeoCell.STEPS;
    }
    int steps = 1;
    for (double grown = reachM; grown < MERCATOR_MAX_M; grown *= 2) {
      steps++;
    }
    steps -= 2;
    // Cells become narrow towards the poles.
    double away = Math.abs(latitude);
    if (away > 66) {
      steps--;
    }
    if (away > 80) {
      steps--;
    }
    return Math.max(1, Math.min(GeoCell.STEPS, steps));
  }
}
