package io.hashslot.persist.snapshot;

/** Who keeps snapshots that have been saved. Called by whoever saves, one at a time. */
public interface SnapshotKeeper {
  /** Keeps none. */
  SnapshotKeeper NOBODY =
      new SnapshotKeeper() {
        @Override
        public void placed(Saver.Saved saved) {}

        @Override
        public void finish() {}
      };

  /** A file stands in its place and will not be replaced before this returns, so be quick. */
  void placed(Saver.Saved saved);

  /** The save is over, whatever became of it, and clients see that. */
  void finish();
}
