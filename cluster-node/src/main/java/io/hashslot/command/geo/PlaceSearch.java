package io.hashslot.command.geo;

import io.hashslot.command.Context;
import io.hashslot.command.KeyEvent;
import io.hashslot.keyspace.Key;
import io.hashslot.keyspace.Keys;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.structure.GeoCell;
import io.hashslot.structure.GeoCover;
import io.hashslot.structure.GeoShape;
import io.hashslot.structure.Slice;
import io.hashslot.value.Kind;
import io.hashslot.value.SortedSetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds places and replies with them or stores them. */
final class PlaceSearch {
  /** A place that was found: its rank in the set, its score and its distance from the middle. */
  private record Found(long rank, double score, double distanceM) {}

  private final Context ctx;
  private final SearchQuery query;
  private final List<Found> found = new ArrayList<>();

  private PlaceSearch(Context ctx, SearchQuery query) {
    this.ctx = ctx;
    this.query = query;
  }

  /** Does what a query asks; {@code event} is told of what was stored. */
  static void run(Context ctx, SearchQuery query, @Nullable SortedSetValue set, String event) {
    PlaceSearch search = new PlaceSearch(ctx, query);
    if (set != null) {
      search.find(set);
      search.sort();
    }
    if (query.storeKey() > 0) {
      search.store(set, event);
    } else {
      search.reply(set);
    }
  }

  private void find(SortedSetValue set) {
    GeoShape shape = query.shape();
    GeoCover cover = shape.cover();
    for (int i = 0; i < cover.count() && !hasEnough(); i++) {
      long from = set.countBelow(cover.from(i), false);
      long to = set.countBelow(cover.to(i), false);
      if (from < to) {
        find(set, shape, from, to);
      }
    }
  }

  private void find(SortedSetValue set, GeoShape shape, long from, long to) {
    set.select(from);
    for (long rank = from; rank < to; rank++) {
      double score = set.score();
      long place = GeoCell.ofScore(score);
      double distanceM = shape.distanceM(GeoCell.longitude(place), GeoCell.latitude(place));
      if (!Double.isNaN(distanceM)) {
        found.add(new Found(rank, score, distanceM));
        if (hasEnough()) {
          return;
        }
      }
      boolean _ = set.next();
    }
  }

  private boolean hasEnough() {
    return query.enough() > 0 && found.size() >= query.enough();
  }

  private void sort() {
    Comparator<Found> nearest = Comparator.comparingDouble(Found::distanceM);
    switch (query.order()) {
      case NONE -> {}
      case NEAREST_FIRST -> found.sort(nearest);
      case FARTHEST_FIRST -> found.sort(nearest.reversed());
    }
  }

  private int wanted() {
    return query.count() == 0 ? found.size() : (int) Math.min(query.count(), found.size());
  }

  private void reply(@Nullable SortedSetValue set) {
    ReplyWriter reply = ctx.reply();
    int wanted = wanted();
    reply.array(wanted);
    int parts =
        (query.withDistance() ? 1 : 0)
            + (query.withNumber() ? 1 : 0)
            + (query.withCoordinates() ? 1 : 0);
    for (int i = 0; i < wanted && set != null; i++) {
      Found place = found.get(i);
      if (parts > 0) {
        reply.array(parts + 1);
      }
      set.select(place.rank);
      Slice member = set.member();
      reply.bulk(member.address(), member.length());
      if (query.withDistance()) {
        Places.replyDistance(reply, place.distanceM / query.unitM());
      }
      if (query.withNumber()) {
        reply.integer((long) place.score);
      }
      if (query.withCoordinates()) {
        long number = GeoCell.ofScore(place.score);
        Places.replyCoordinates(reply, GeoCell.longitude(number), GeoCell.latitude(number));
      }
    }
  }

  private void store(@Nullable SortedSetValue set, String event) {
    Key destination = ctx.key(query.storeKey());
    int wanted = wanted();
    if (set == null || wanted == 0) {
      if (ctx.keys().remove(destination)) {
        ctx.changed(destination, KeyEvent.GENERIC, "del");
      }
      ctx.reply().integer(0);
      return;
    }
    SortedSetValue result = (SortedSetValue) ctx.values().detached(destination, Kind.SORTED_SET);
    for (int i = 0; i < wanted; i++) {
      Found place = found.get(i);
      set.select(place.rank);
      Slice member = set.member();
      double score = query.storeDistance() ? place.distanceM / query.unitM() : place.score;
      result.put(score, member.address(), member.length());
    }
    ctx.values().put(destination, result, Keys.NO_EXPIRY);
    ctx.changed(destination, KeyEvent.SORTED_SET, event);
    ctx.changedMany(wanted - 1);
    ctx.reply().integer(wanted);
  }
}
