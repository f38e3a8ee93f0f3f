package io.hashslot.command.geo;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.structure.GeoCell;
import io.hashslot.value.SortedSetValue;

/** GEOHASH key [member [member ...]] */
final class Geohash {
  private Geohash() {}

  static void execute(Context ctx, Args args) {
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    ctx.reply().array(args.count() - 2);
    for (int i = 2; i < args.count(); i++) {
      Long place = Places.find(set, args, i);
      if (place == null) {
        ctx.reply().nil();
      } else {
        ctx.reply().bulk(GeoCell.text(GeoCell.longitude(place), GeoCell.latitude(place)));
      }
    }
  }
}
