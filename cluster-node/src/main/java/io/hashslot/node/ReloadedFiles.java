package io.hashslot.node;

import io.hashslot.command.server.AppendOnlyFiles;
import io.hashslot.dispatch.Environment;
import io.hashslot.persist.aof.Aof;
import java.io.IOException;
import java.util.function.Supplier;

/** The append-only files of a running server, loaded again. */
record ReloadedFiles(Aof aof, DataFiles files, Supplier<Environment> environment, Runnable fail)
    implements AppendOnlyFiles {
  @Override
  public void complete() {
    if (aof.enabled()) {
      aof.flush();
    }
  }

  @Override
  public void load() throws IOException {
    files.loadAppendOnly(environment.get());
  }

  @Override
  public void unreadable() {
    fail.run();
  }
}
