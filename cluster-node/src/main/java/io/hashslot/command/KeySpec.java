package io.hashslot.command;

import io.hashslot.resp.Decimal;
import io.hashslot.resp.Request;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a command's keys stand: where to begin, and how to go on from there. The shapes and their
 * numbers are those of {@code COMMAND INFO} (Redis 7): see {@link Begin} and {@link Find}.
 *
 * @param begin where the search begins
 * @param find which arguments from there on are keys
 * @param flags what is done with them
 */
public record KeySpec(Begin begin, Find find, Set<KeyFlag> flags) {

  /** Where the search for keys begins. */
  public sealed interface Begin {
    /** At a fixed argument. */
    record Index(int index) implements Begin {}

    /** After a keyword, looked for from an argument on; negative: from the end, backwards. */
    record Keyword(String keyword, int startFrom) implements Begin {}

    /** Nobody can tell without knowing the command. */
    record Unknown() implements Begin {}
  }

  /** Which arguments are keys, counted from where the search began. */
  public sealed interface Find {
    /**
     * Every {@code step}-th up to {@code last}; a negative last counts from the end of the request,
     * and -1 with a limit above 1 means: the first {@code 1/limit} of the rest.
     */
    record Range(int last, int step, int limit) implements Find {}

    /** A number of keys stands at {@code countIndex}; the first is at {@code first}. */
    record Counted(int countIndex, int first, int step) implements Find {}

    /** Nobody can tell without knowing the command. */
    record Unknown() implements Find {}
  }

  /** Makes a specification of one key at an argument. */
  public static KeySpec at(int index, KeyFlag... flags) {
    return range(index, 0, 1, flags);
  }

  /**
   * Makes a specification of every step-th argument from {@code first} on; see {@link Find.Range}.
   */
  public static KeySpec range(int first, int last, int step, KeyFlag... flags) {
    return of(new Begin.Index(first), new Find.Range(last, step, 0), flags);
  }

  /** Makes a specification of counted keys; the count stands at {@code index}. */
  public static KeySpec counted(int index, KeyFlag... flags) {
    return of(new Begin.Index(index), new Find.Counted(0, 1, 1), flags);
  }

  /** Makes a specification of keys that follow a keyword. */
  public static KeySpec after(
      String keyword, int startFrom, int last, int limit, KeyFlag... flags) {
    return of(new Begin.Keyword(keyword, startFrom), new Find.Range(last, 1, limit), flags);
  }

  /** Makes a specification that says no more than that there may be keys. */
  public static KeySpec unknown(KeyFlag... flags) {
    return of(new Begin.Unknown(), new Find.Unknown(), flags);
  }

  private static KeySpec of(Begin begin, Find find, KeyFlag... flags) {
    Set<KeyFlag> set = EnumSet.noneOf(KeyFlag.class);
    set.addAll(Set.of(flags));
    return new KeySpec(begin, find, set);
  }

  /** Tells whether this names exactly the argument at a fixed index. */
  public boolean isSingle() {
    return begin instanceof Begin.Index && find instanceof Find.Range(int last, _, _) && last == 0;
  }

  /**
   * Tells whether the keys it names are keys, not just treated like them (as shard channels are).
   */
  public boolean namesKeys() {
    return !flags.contains(KeyFlag.NOT_KEY);
  }

  /**
   * Adds the positions of this specification's keys in a request.
   *
   * @return false if the request contradicts the specification, such as more keys than arguments
   */
  public boolean collect(Request request, KeyPositions into) {
    int from =
        switch (begin) {
          case Begin.Index(int index) -> index;
          case Begin.Keyword(String word, int startFrom) -> search(request, word, startFrom);
          case Begin.Unknown() -> 0;
        };
    if (from <= 0 || from >= request.count()) {
      return true;
    }
    return switch (find) {
      case Find.Range(int last, int step, int limit) -> {
        int end = last >= 0 ? from + last : rangeEnd(request.count(), from, last, limit);
        for (int i = from; i <= end && i < request.count(); i += step) {
          into.add(i, this);
        }
        yield true;
      }
      case Find.Counted(int countIndex, int first, int step) -> {
        int at = from + countIndex;
        if (at >= request.count()) {
          yield false;
        }
        long keys = Decimal.parse(request.address(at), request.length(at));
        if (keys < 0
            || keys > request.count()
            || from + first + (keys - 1) * step >= request.count()) {
          yield false;
        }
        for (int i = 0; i < keys; i++) {
          into.add(from + first + i * step, this);
        }
        yield true;
      }
      case Find.Unknown() -> true;
    };
  }

  private static int rangeEnd(int count, int from, int last, int limit) {
    if (limit <= 1) {
      return count + last;
    }
    return from + (count - from) / limit + last;
  }

  private static int search(Request request, String word, int startFrom) {
    int step = startFrom < 0 ? -1 : 1;
    int at = startFrom < 0 ? request.count() + startFrom : startFrom;
    for (; at > 0 && at < request.count(); at += step) {
      if (request.is(at, word)) {
        return at + 1;
      }
    }
    return 0;
  }
}
