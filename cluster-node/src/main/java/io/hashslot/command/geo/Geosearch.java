package io.hashslot.command.geo;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.value.SortedSetValue;

/**
 * GEOSEARCH key FROMMEMBER member | FROMLONLAT longitude latitude BYRADIUS radius M | KM | FT | MI
 * | BYBOX width height M | KM | FT | MI [ASC | DESC] [COUNT count [ANY]] [WITHCOORD] [WITHDIST]
 * [WITHHASH]
 */
final class Geosearch {
  private Geosearch() {}

  static void execute(Context ctx, Args args) {
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    SearchQuery query = SearchQuery.search(args, SearchQuery.Form.SEARCH, set);
    PlaceSearch.run(ctx, query, set, "");
  }

  /**
   * GEOSEARCHSTORE destination source FROMMEMBER member | FROMLONLAT longitude latitude BYRADIUS
   * radius M | KM | FT | MI | BYBOX width height M | KM | FT | MI [ASC | DESC] [COUNT count [ANY]]
   * [STOREDIST]
   */
  static void stored(Context ctx, Args args) {
    SortedSetValue set = ctx.values().sortedSet(ctx.key(2));
    SearchQuery query = SearchQuery.search(args, SearchQuery.Form.SEARCH_STORED, set);
    PlaceSearch.run(ctx, query, set, "geosearchstore");
  }
}
