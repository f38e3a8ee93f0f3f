package io.hashslot.command.geo;

import io.hashslot.command.Args;
import io.hashslot.command.Context;
import io.hashslot.command.KeyFlag;
import io.hashslot.command.KeyPositions;
import io.hashslot.command.KeySpec;
import io.hashslot.resp.Request;
import io.hashslot.value.SortedSetValue;

/**
 * GEORADIUS key longitude latitude radius M | KM | FT | MI [WITHCOORD] [WITHDIST] [WITHHASH] [COUNT
 * count [ANY]] [ASC | DESC] [STORE key | STOREDIST key], and the like around a member
 */
final class Georadius {
  private static final String EVENT = "georadiusstore";

  private static final KeySpec SOURCE = KeySpec.at(1, KeyFlag.RO, KeyFlag.ACCESS);

  /** Where it stands is found; only what is done with it is told here. */
  private static final KeySpec DESTINATION =
      KeySpec.after("STORE", 6, 0, 0, KeyFlag.OW, KeyFlag.UPDATE);

  private Georadius() {}

  static void execute(Context ctx, Args args) {
    aroundPlace(ctx, args, SearchQuery.Form.RADIUS);
  }

  /** GEORADIUS_RO: does not store */
  static void readOnly(Context ctx, Args args) {
    aroundPlace(ctx, args, SearchQuery.Form.RADIUS_READ_ONLY);
  }

  /** GEORADIUSBYMEMBER key member radius M | KM | FT | MI, and the options of GEORADIUS */
  static void byMember(Context ctx, Args args) {
    aroundMember(ctx, args, SearchQuery.Form.RADIUS);
  }

  /** GEORADIUSBYMEMBER_RO: does not store */
  static void byMemberReadOnly(Context ctx, Args args) {
    aroundMember(ctx, args, SearchQuery.Form.RADIUS_READ_ONLY);
  }

  /** Finds the keys of GEORADIUS; see {@link #keys(Request, KeyPositions, int)}. */
  static boolean keys(Request request, KeyPositions into) {
    return keys(request, into, 6);
  }

  /** Finds the keys of GEORADIUSBYMEMBER; see {@link #keys(Request, KeyPositions, int)}. */
  static boolean keysByMember(Request request, KeyPositions into) {
    return keys(request, into, 5);
  }

  /**
   * Finds the key that is searched and those of all destinations: several may be named, of which
   * the last one counts.
   */
  private static boolean keys(Request request, KeyPositions into, int firstOption) {
    into.add(1, SOURCE);
    for (int i = firstOption; i + 1 < request.count(); i++) {
      if (request.is(i, "STORE") || request.is(i, "STOREDIST")) {
        into.add(++i, DESTINATION);
      }
    }
    return true;
  }

  private static void aroundPlace(Context ctx, Args args, SearchQuery.Form form) {
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    PlaceSearch.run(ctx, SearchQuery.radius(args, form, set), set, EVENT);
  }

  private static void aroundMember(Context ctx, Args args, SearchQuery.Form form) {
    SortedSetValue set = ctx.values().sortedSet(ctx.key(1));
    PlaceSearch.run(ctx, SearchQuery.radiusByMember(args, form, set), set, EVENT);
  }
}
