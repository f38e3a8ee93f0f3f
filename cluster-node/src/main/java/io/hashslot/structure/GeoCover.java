package io.hashslot.structure;

import java.util.Arrays;

/**
 * A cell and its neighbours, as far as they can hold places that are searched for: up to nine
 * ranges of {@link GeoCell} numbers. Their order can be seen in replies that are not sorted, and is
 * that of Redis: the middle, north, south, east, west, and the corners in the same manner.
 */
public final class GeoCover {
  /** Steps to the east and to the north for each of the nine. */
  private static final int[] EAST = {0, 0, 0, 1, -1, 1, -1, 1, -1};

  private static final int[] NORTH = {0, 1, -1, 0, 0, 1, 1, -1, -1};

  private final long[] cells;
  private final int steps;

  private GeoCover(long[] cells, int steps) {
    this.cells = cells;
    this.steps = steps;
  }

  /** What is to be covered, in degrees. */
  record Bounds(double west, double south, double east, double north) {}

  static GeoCover of(double longitude, double latitude, int wantedSteps, Bounds bounds) {
    Cell cell = Cell.of(longitude, latitude, wantedSteps);
    if (wantedSteps > 1 && !cell.neighboursReach(bounds)) {
      cell = Cell.of(longitude, latitude, wantedSteps - 1);
    }
    long[] cells = new long[EAST.length];
    int count = 0;
    int last = 0;
    for (int i = 0; i < EAST.length; i++) {
      if (cell.steps >= 2 && cell.isUseless(EAST[i], NORTH[i], bounds)) {
        continue;
      }
      long number = cell.neighbour(EAST[i], NORTH[i]).number();
      // Where there are few cells, neighbours on both sides may be the same one.
      if (last > 0 && number == cells[count - 1]) {
        continue;
      }
      cells[count++] = number;
      last = i;
    }
    return new GeoCover(Arrays.copyOf(cells, count), cell.steps);
  }

  /** How many ranges there are. */
  public int count() {
    return cells.length;
  }

  /** The first number of a range. */
  public long from(int i) {
    return cells[i] << 2 * (GeoCell.STEPS - steps);
  }

  /** The number behind a range. */
  public long to(int i) {
    return cells[i] + 1 << 2 * (GeoCell.STEPS - steps);
  }

  /** A cell by its steps from the south-west corner of the map. */
  private record Cell(long east, long north, int steps) {
    static Cell of(double longitude, double latitude, int steps) {
      long number = GeoCell.cell(longitude, latitude, steps);
      return new Cell(GeoCell.gather(number >>> 1), GeoCell.gather(number), steps);
    }

    /** Round the world, in both directions. */
    Cell neighbour(int toEast, int toNorth) {
      long mask = (1L << steps) - 1;
      return new Cell(
          toEast == 0 ? east : east + toEast & mask,
          toNorth == 0 ? north : north + toNorth & mask,
          steps);
    }

    long number() {
      return GeoCell.join(east, north);
    }

    double westEdge() {
      return GeoCell.edge(east, GeoCell.LONGITUDE_MAX, steps);
    }

    double eastEdge() {
      return GeoCell.edge(east + 1, GeoCell.LONGITUDE_MAX, steps);
    }

    double southEdge() {
      return GeoCell.edge(north, GeoCell.LATITUDE_MAX, steps);
    }

    double northEdge() {
      return GeoCell.edge(north + 1, GeoCell.LATITUDE_MAX, steps);
    }

    boolean neighboursReach(Bounds bounds) {
      return neighbour(0, 1).northEdge() >= bounds.north
          && neighbour(0, -1).southEdge() <= bounds.south
          && neighbour(1, 0).eastEdge() >= bounds.east
          && neighbour(-1, 0).westEdge() <= bounds.west;
    }

    /** Whether this cell alone reaches beyond the bounds on the side of a neighbour. */
    boolean isUseless(int toEast, int toNorth, Bounds bounds) {
      return toNorth < 0 && southEdge() < bounds.south
          || toNorth > 0 && northEdge() > bounds.north
          || toEast < 0 && westEdge() < bounds.west
          || toEast > 0 && eastEdge() > bounds.east;
    }
  }
}
