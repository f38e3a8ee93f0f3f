package io.hashslot.bus.link;

import io.hashslot.bus.core.DurableState;
import java.io.IOException;

/** Where the durable state goes: nodes.conf, or a fake of it in tests. */
interface StateStore {
  /** As {@link io.hashslot.bus.file.NodesFile#save}. */
  void save(DurableState state, boolean sync) throws IOException;

  /** As {@link io.hashslot.bus.file.NodesFile#force}. */
  void force() throws IOException;
}
