package io.hashslot.command.geo;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.structure.GeoCell;
import io.hashslot.structure.GeoDistance;
import io.hashslot.value.SortedSetValue;

/** GEODIST key member1 member2 [M | KM | FT | MI] */
final class Geodist {
  private Geodist() {}

  static void execute(Context ctx, Args args) {
    double unitM = args.count() == 5 ? Places.unitM(args, 4) : 1;
    if (args.count() > 5) {
      throw CommandException.SYNTAX;
    }
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    Long one = Places.find(set, args, 2);
    Long other = Places.find(set, args, 3);
    if (one == null || other == null) {
      ctx.reply().nil();
      return;
    }
    double distanceM =
        GeoDistance.between(
            GeoCell.longitude(one),
            GeoCell.latitude(one),
            GeoCell.longitude(other),
            GeoCell.latitude(other));
    Places.replyDistance(ctx.reply(), distanceM / unitM);
  }
}
