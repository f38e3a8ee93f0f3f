package io.hashslot.replication;

import io.hashslot.resp.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes a write safe: so many of these nodes have it. Nodes are named by their cluster ids.
 *
 * @param acks how many of the members, at least 1; 0: writes wait for nobody
 * @param members who counts, in order, each once
 */
public record AckRule(int acks, List<String> members) {
  /** Writes wait for nobody. */
  public static final AckRule NONE = new AckRule(0, List.of());

  /** How the rule is told in the stream: {@code REPLCONF ACKS number id ...}. */
  static final String WORD = "ACKS";

  /** Puts the members in order. */
  static AckRule of(int acks, List<String> members) {
    return acks == 0 ? NONE : new AckRule(acks, List.copyOf(new TreeSet<>(members)));
  }

  /** Reads the rule from {@code REPLCONF ACKS}; null if it makes no sense. */
  static @Nullable AckRule parse(Request command) {
    if (command.count() < 3) {
      return null;
    }
    String number = command.text(2);
    if (!number.matches("[0-9]{1,3}")) {
      return null;
    }
    List<String> members = new ArrayList<>();
    for (int i = 3; i < command.count(); i++) {
      members.add(command.text(i));
    }
    return of(Integer.parseInt(number), members);
  }

  /** Whether there are enough members at all. */
  boolean isPossible() {
    return members.size() >= acks;
  }

  /** Whether a node cannot make a write safe by itself. */
  boolean needsOthersThan(@Nullable String node) {
    return acks > (node != null && members.contains(node) ? 1 : 0);
  }

  /** How a position of a member is asked for. */
  interface Positions {
    /** Up to where a node is known to have everything; -1 if it is out of reach. */
    long of(String node);
  }

  /**
   * Up to where everything is safe: the greatest position that so many members have reached; -1 if
   * there are not so many.
   */
  long safe(Positions positions) {
    if (acks == 0) {
      return Long.MAX_VALUE;
    }
    if (!isPossible()) {
      return -1;
    }
    List<Long> reached = new ArrayList<>();
    for (String member : members) {
      reached.add(positions.of(member));
    }
    reached.sort(Collections.reverseOrder());
    return reached.get(acks - 1);
  }
}
