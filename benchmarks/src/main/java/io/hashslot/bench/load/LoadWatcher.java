package io.hashslot.bench.load;

/** Follows a run: what it measures may begin with the counted time, and end it. */
public interface LoadWatcher {

  /** Watches nothing; the run lasts as long as its plan says. */
  LoadWatcher NONE =
      new LoadWatcher() {
        @Override
        public void counting() {}

        @Override
        public boolean over() {
          return false;
        }
      };

  /** From now on operations count. Called once, by the thread that sends: must not wait. */
  void counting();

  /** Whether the run may end before its time. Asked all the time by the thread that sends. */
  boolean over();
}
