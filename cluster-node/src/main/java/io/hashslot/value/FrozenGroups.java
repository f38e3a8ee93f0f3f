package io.hashslot.value;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The groups of a stream as they are at one moment, handed out one after the other. */
final class FrozenGroups {
  private final ArrayDeque<FrozenGroup> left = new ArrayDeque<>();
  private final ArrayDeque<FrozenGroup> ended = new ArrayDeque<>();
  private final Long2ObjectOpenHashMap<FrozenGroup> byBlock = new Long2ObjectOpenHashMap<>();

  FrozenGroups(StreamValue stream, FrozenValue.Parts parts, LongConsumer keeping) {
    for (StreamGroup at = stream.firstGroup(); at != null; at = stream.nextGroup()) {
      FrozenGroup group = new FrozenGroup(stream.cell().arena(), at, parts, keeping);
      left.add(group);
      byBlock.put(group.block(), group);
    }
  }

  /** Who has to hear of changes of a group, if anybody. */
  @Nullable FrozenGroup find(long block) {
    return byBlock.get(block);
  }

  /** A group is removed; returns whether it is kept here. */
  boolean takes(StreamGroup group) {
    FrozenGroup frozen = find(group.block());
    return frozen != null && frozen.takes(group);
  }

  /** Hands out a bit more; returns whether there is more. */
  boolean next() {
    if (!left.isEmpty() && !left.getFirst().next()) {
      FrozenGroup group = left.removeFirst();
      byBlock.remove(group.block());
      ended.add(group);
    }
    return !left.isEmpty();
  }

  /** Frees some of what is kept; returns whether nothing is left. */
  boolean release(int budget) {
    ended.addAll(left);
    left.clear();
    while (!ended.isEmpty() && ended.getFirst().release(budget)) {
      ended.removeFirst();
    }
    return ended.isEmpty();
  }
}
