package io.hashslot.bus.link;

import io.hashslot.bus.core.DurableState;
import java.io.IOException;

/** Where the durable state goes: nodes.conf, or a fake of it in tests. */
@FunctionalInterface
interface StateStore {
  /** As {@link io.hashslot.bus.file.NodesFile#save}. */
  void save(DurableState state, boolean sync) throws IOException;
}
