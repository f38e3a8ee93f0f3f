package io.hashslot.command.sortedset;

import io.hashslot.command.CommandException;
import io.hashslot.command.Context;
import io.hashslot.structure.Slice;
import io.hashslot.value.SetValue;
import io.hashslot.value.SortedSetValue;
import io.hashslot.value.Value;
import org.jspecify.annotations.Nullable;

/** One of the sets, sorted or plain, that are united, intersected or subtracted, and its weight. */
final class Operand {
  /** The score of every member of a plain set. */
  private static final double PLAIN_SCORE = 1;

  private final @Nullable SortedSetValue sorted;
  private final @Nullable SetValue plain;
  private double weight = 1;

  private Operand(@Nullable SortedSetValue sorted, @Nullable SetValue plain) {
    this.sorted = sorted;
    this.plain = plain;
  }

  /**
   * The set at a key, for reading; a missing one is empty.
   *
   * @throws CommandException {@link CommandException#WRONG_TYPE}
   */
  static Operand at(Context ctx, int argument) {
    Value value = ctx.keys().find(ctx.key(argument));
    return switch (value) {
      case null -> new Operand(null, null);
      case SortedSetValue set -> new Operand(set, null);
      case SetValue set -> new Operand(null, set);
      default -> throw CommandException.WRONG_TYPE;
    };
  }

  /** Takes elements one after the other. */
  interface Visitor {
    /** Takes one; its member is valid during the call. Returns whether it wants more. */
    boolean visit(long address, int length, double score);
  }

  /** What scores are multiplied by. */
  double weight() {
    return weight;
  }

  void weight(double newWeight) {
    weight = newWeight;
  }

  /** How many elements there are. */
  long size() {
    if (plain != null) {
      return plain.size();
    }
    return sorted == null ? 0 : sorted.size();
  }

  /** The score of a member, or NaN. */
  double find(long address, int length) {
    if (plain != null) {
      return plain.contains(address, length) ? PLAIN_SCORE : Double.NaN;
    }
    return sorted == null ? Double.NaN : sorted.find(address, length);
  }

  /** Shows all elements, until the visitor has enough. */
  void each(Visitor visitor) {
    if (plain != null) {
      plain.each(member -> visitor.visit(member.address(), member.length(), PLAIN_SCORE));
      return;
    }
    if (sorted == null || sorted.isEmpty()) {
      return;
    }
    sorted.select(0);
    do {
      Slice member = sorted.member();
      if (!visitor.visit(member.address(), member.length(), sorted.score())) {
        return;
      }
    } while (sorted.next());
  }
}
