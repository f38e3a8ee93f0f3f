package io.hashslot.command.geo;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.resp.DoubleText;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.GeoCell;
import io.hashslot.value.SortedSetValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Coordinates, distances and units as arguments and in replies. */
final class Places {
  private static final int COORDINATE_DECIMALS = 17;
  private static final int DISTANCE_DECIMALS = 4;

  private Places() {}

  /**
   * Reads a longitude and the latitude after it.
   *
   * @throws CommandException if they are no place that can be kept
   */
  static double longitude(Args args, int i) {
    double longitude = number(args, i, CommandException.NOT_FLOAT);
    double latitude = number(args, i + 1, CommandException.NOT_FLOAT);
    if (!GeoCell.exists(longitude, latitude)) {
      throw CommandException.err(
          String.format(
              Locale.ROOT, "invalid longitude,latitude pair %.6f,%.6f", longitude, latitude));
    }
    return longitude;
  }

  /** Reads an argument that is a number. */
  static double number(Args args, int i, CommandException problem) {
    double number = DoubleText.parse(args.address(i), args.length(i));
    if (Double.isNaN(number)) {
      throw problem;
    }
    return number;
  }

  /**
   * Reads a length.
   *
   * @param what the name of the length in the error
   * @throws CommandException {@code ERR need numeric…}
   */
  static double length(Args args, int i, String what) {
    return number(args, i, CommandException.err("need numeric " + what));
  }

  /**
   * Reads a unit; returns how many meters it has.
   *
   * @throws CommandException {@code ERR unsupported unit…}
   */
  static double unitM(Args args, int i) {
    if (args.is(i, "M")) {
      return 1;
    }
    if (args.is(i, "KM")) {
      return 1000;
    }
    if (args.is(i, "FT")) {
      return 0.3048;
    }
    if (args.is(i, "MI")) {
      return 1609.34;
    }
    throw CommandException.err("unsupported unit provided. please use M, KM, FT, MI");
  }

  /** The place of a member, as its number; null if it is not there. */
  static @Nullable Long find(@Nullable SortedSetValue set, Args args, int member) {
    double score = set == null ? Double.NaN : set.find(args.address(member), args.length(member));
    return Double.isNaN(score) ? null : GeoCell.ofScore(score);
  }

  /** Replies with longitude and latitude. */
  static void replyCoordinates(ReplyWriter reply, double longitude, double latitude) {
    reply.array(2);
    reply.real(coordinate(longitude));
    reply.real(coordinate(latitude));
  }

  private static String coordinate(double degrees) {
    BigDecimal exact =
        new BigDecimal(degrees).setScale(COORDINATE_DECIMALS, RoundingMode.HALF_EVEN);
    return exact.stripTrailingZeros().toPlainString();
  }

  /** Replies with a distance, which has four decimals in every protocol. */
  static void replyDistance(ReplyWriter reply, double distance) {
    long scaled = Math.round(distance * 10_000);
    reply.bulk(BigDecimal.valueOf(scaled, DISTANCE_DECIMALS).toPlainString());
  }
}
