package io.hashslot.replication;

import io.hashslot.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a primary of a cluster and its replicas tell each other of slots that are being moved, as
 * Valkey 8 does: CLUSTER SETSLOT goes down the stream before the primary executes it, and a full
 * copy carries the marks in the field {@code cluster-slot-states} of its snapshot. So a replica
 * that is promoted in the middle of a move goes on with it.
 */
public interface SlotMarks {
  /** Outside a cluster there are none. */
  SlotMarks NONE =
      new SlotMarks() {
        @Override
        public @Nullable String text() {
          return null;
        }

        @Override
        public void adopt(@Nullable String text) {}

        @Override
        public void apply(Request setslot, Runnable done) {
          done.run();
        }
      };

  /** The marks as they stand in a snapshot for a replica; null if there are none. Any thread. */
  @Nullable String text();

  /**
   * A full copy has come: its marks take the place of ours.
   *
   * @param text what the snapshot says; null if it says nothing
   */
  void adopt(@Nullable String text);

  /**
   * The primary changes a mark or gives a slot away.
   *
   * @param setslot the command; only valid until this returns
   * @param done runs when it was carried out or refused, and that is on disk; on any thread
   */
  void apply(Request setslot, Runnable done);
}
