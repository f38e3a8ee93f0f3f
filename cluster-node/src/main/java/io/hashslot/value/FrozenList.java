package io.hashslot.value;

import io.hashslot.structure.FrozenChunks;
import java.util.function.LongConsumer;

/** The chunks of a list in full form. */
public final class FrozenList extends FrozenValue {
  private final FrozenChunks chunks;

  FrozenList(ListValue list, Parts parts, LongConsumer keeping) {
    super(list);
    chunks = list.freeze(parts::listChunk, keeping);
  }

  /** Who has to hear of changes of the chunks. */
  FrozenChunks chunks() {
    return chunks;
  }

  @Override
  public boolean next() {
    return chunks.next();
  }

  @Override
  public boolean release(int budget) {
    return chunks.release(budget);
  }
}
