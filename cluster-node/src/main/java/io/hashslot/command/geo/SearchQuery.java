package io.hashslot.command.geo;

import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.structure.GeoCell;
import io.hashslot.structure.GeoShape;
import io.hashslot.value.SortedSetValue;
import org.jspecify.annotations.Nullable;

/** What a search is asked: where, how many, in which order, and what to do with what is found. */
final class SearchQuery {
  /** Which options there are. */
  enum Form {
    /** GEOSEARCH. */
    SEARCH,
    /** GEOSEARCHSTORE. */
    SEARCH_STORED,
    /** GEORADIUS and GEORADIUSBYMEMBER. */
    RADIUS,
    /** GEORADIUS_RO and GEORADIUSBYMEMBER_RO. */
    RADIUS_READ_ONLY
  }

  /** The order of the reply. */
  enum Order {
    /** As they were found. */
    NONE,
    NEAREST_FIRST,
    FARTHEST_FIRST
  }

  private static final CommandException NO_SUCH_MEMBER =
      CommandException.err("could not decode requested zset member");

  private final Args args;
  private final Form form;
  private final @Nullable SortedSetValue set;

  private boolean fromMember;
  private boolean fromPlace;
  private double longitude;
  private double latitude;
  private boolean byRadius;
  private boolean byBox;
  private double radius;
  private double width;
  private double height;
  private double unitM = 1;

  private Order order = Order.NONE;
  private long count;
  private boolean any;
  private boolean withDistance;
  private boolean withNumber;
  private boolean withCoordinates;
  private int storeKey;
  private boolean storeDistance;

  private SearchQuery(Args args, Form form, @Nullable SortedSetValue set) {
    this.args = args;
    this.form = form;
    this.set = set;
  }

  /**
   * Reads GEOSEARCH or GEOSEARCHSTORE.
   *
   * @param set what is searched; null: there is none, which is no reason not to check the rest
   */
  static SearchQuery search(Args args, Form form, @Nullable SortedSetValue set) {
    SearchQuery query = new SearchQuery(args, form, set);
    boolean stored = form == Form.SEARCH_STORED;
    query.storeKey = stored ? 1 : 0;
    query.options(stored ? 3 : 2);
    query.check();
    return query;
  }

  /** Reads GEORADIUS or its read-only form: a place, a radius and options. */
  static SearchQuery radius(Args args, Form form, @Nullable SortedSetValue set) {
    SearchQuery query = new SearchQuery(args, form, set);
    query.place(2);
    query.radius(4);
    query.options(6);
    query.check();
    return query;
  }

  /** Reads GEORADIUSBYMEMBER or its read-only form: a member, a radius and options. */
  static SearchQuery radiusByMember(Args args, Form form, @Nullable SortedSetValue set) {
    SearchQuery query = new SearchQuery(args, form, set);
    if (set != null) {
      query.member(2);
      query.radius(3);
    }
    query.options(5);
    query.check();
    return query;
  }

  private void place(int i) {
    longitude = Places.longitude(args, i);
    latitude = Places.number(args, i + 1, CommandException.NOT_FLOAT);
  }

  private void member(int i) {
    if (set == null) {
      return;
    }
    Long place = Places.find(set, args, i);
    if (place == null) {
      throw NO_SUCH_MEMBER;
    }
    longitude = GeoCell.longitude(place);
    latitude = GeoCell.latitude(place);
  }

  private void radius(int i) {
    radius = Places.length(args, i, "radius");
    if (radius < 0) {
      throw CommandException.err("radius cannot be negative");
    }
    unitM = Places.unitM(args, i + 1);
  }

  private void box(int i) {
    width = Places.length(args, i, "width");
    height = Places.length(args, i + 1, "height");
    if (width < 0 || height < 0) {
      throw CommandException.err("height or width cannot be negative");
    }
    unitM = Places.unitM(args, i + 2);
  }

  private void options(int first) {
    boolean search = form == Form.SEARCH || form == Form.SEARCH_STORED;
    int i = first;
    while (i < args.count()) {
      int read = common(i);
      if (read == 0 && search) {
        read = shape(i);
      }
      if (read == 0 && form == Form.SEARCH_STORED && args.is(i, "STOREDIST")) {
        storeDistance = true;
        read = 1;
      }
      if (read == 0 && form == Form.RADIUS && i + 1 < args.count()) {
        read = destination(i);
      }
      if (read == 0) {
        throw CommandException.SYNTAX;
      }
      i += read;
    }
  }

  /** Reads an option that all commands have; returns how many words it was. */
  private int common(int i) {
    if (args.is(i, "WITHDIST")) {
      withDistance = true;
    } else if (args.is(i, "WITHHASH")) {
      withNumber = true;
    } else if (args.is(i, "WITHCOORD")) {
      withCoordinates = true;
    } else if (args.is(i, "ANY")) {
      any = true;
    } else if (args.is(i, "ASC")) {
      order = Order.NEAREST_FIRST;
    } else if (args.is(i, "DESC")) {
      order = Order.FARTHEST_FIRST;
    } else if (args.is(i, "COUNT") && i + 1 < args.count()) {
      count = args.integer(i + 1);
      if (count <= 0) {
        throw CommandException.err("COUNT must be > 0");
      }
      return 2;
    } else {
      return 0;
    }
    return 1;
  }

  /** Reads where to search; returns how many words that was. */
  private int shape(int i) {
    int more = args.count() - i - 1;
    if (args.is(i, "FROMMEMBER") && more >= 1 && !fromPlace) {
      member(i + 1);
      fromMember = true;
      return 2;
    }
    if (args.is(i, "FROMLONLAT") && more >= 2 && !fromMember) {
      place(i + 1);
      fromPlace = true;
      return 3;
    }
    if (args.is(i, "BYRADIUS") && more >= 2 && !byBox) {
      radius(i + 1);
      byRadius = true;
      return 3;
    }
    if (args.is(i, "BYBOX") && more >= 3 && !byRadius) {
      box(i + 1);
      byBox = true;
      return 4;
    }
    return 0;
  }

  private int destination(int i) {
    boolean distance = args.is(i, "STOREDIST");
    if (!distance && !args.is(i, "STORE")) {
      return 0;
    }
    storeKey = i + 1;
    storeDistance = distance;
    return 2;
  }

  private void check() {
    if (storeKey > 0 && (withDistance || withNumber || withCoordinates)) {
      String name = form == Form.SEARCH_STORED ? "GEOSEARCHSTORE" : "STORE option in GEORADIUS";
      throw CommandException.err(
          name + " is not compatible with WITHDIST, WITHHASH and WITHCOORD options");
    }
    if (form == Form.SEARCH || form == Form.SEARCH_STORED) {
      requireOne(fromMember || fromPlace, "FROMMEMBER or FROMLONLAT");
      requireOne(byRadius || byBox, "BYRADIUS and BYBOX");
    }
    if (any && count == 0) {
      throw CommandException.err("the ANY argument requires COUNT argument");
    }
    if (count > 0 && order == Order.NONE && !any) {
      order = Order.NEAREST_FIRST;
    }
  }

  private void requireOne(boolean given, String what) {
    if (!given) {
      throw CommandException.err(
          "exactly one of " + what + " can be specified for " + args.text(0));
    }
  }

  /** The shape that is searched. */
  GeoShape shape() {
    return byBox
        ? GeoShape.box(longitude, latitude, width, height, unitM)
        : GeoShape.circle(longitude, latitude, radius, unitM);
  }

  /** Meters of the unit of lengths and distances. */
  double unitM() {
    return unitM;
  }

  Order order() {
    return order;
  }

  /** How many places are wanted; 0: all. */
  long count() {
    return count;
  }

  /** How many places are enough to be found, whichever; 0: the search goes through all. */
  long enough() {
    return any ? count : 0;
  }

  boolean withDistance() {
    return withDistance;
  }

  boolean withNumber() {
    return withNumber;
  }

  boolean withCoordinates() {
    return withCoordinates;
  }

  /** The argument that is the key of the destination; 0: there is none. */
  int storeKey() {
    return storeKey;
  }

  /** Whether distances are to be stored in place of the numbers of places. */
  boolean storeDistance() {
    return storeDistance;
  }
}
