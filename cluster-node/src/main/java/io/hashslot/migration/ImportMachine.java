package io.hashslot.migration;

import static io.hashslot.migration.MigrationState.CLEANING_UP;
import static io.hashslot.migration.MigrationState.FAILED;
import static io.hashslot.migration.MigrationState.FAILOVER_GRANTED;
import static io.hashslot.migration.MigrationState.FAILOVER_REQUESTED;
import static io.hashslot.migration.MigrationState.RECEIVING_SNAPSHOT;
import static io.hashslot.migration.MigrationState.SUCCESS;
import static io.hashslot.migration.MigrationState.WAITING_FOR_ACK;
import static io.hashslot.migration.MigrationState.WAITING_FOR_PAUSED;

import java.util.function.Consumer;

/**
 * One migration as its target sees it: which step follows what has happened. It sees no socket,
 * thread or clock.
 *
 * <p>Until the source has granted the slots, everything may be thrown away; from then on the
 * cluster's core alone decides whether they are taken, and nothing else can make the import fail.
 */
final class ImportMachine extends MigrationMachine<ImportMachine.Step> {
  /** What the host has to do, in the order given. */
  enum Step {
    /** Send ACK. */
    ACKNOWLEDGE,

    /** Send REQUEST-PAUSE. */
    ASK_PAUSE,

    /**
     * Report {@link #copiesReady} when replicas and file have everything, or have had their time.
     */
    AWAIT_COPIES,

    /** Send REQUEST-FAILOVER. */
    ASK_FAILOVER,

    /** Take the slots; report {@link #taken}. */
    TAKE,

    /** The slots are ours: show them, tell the replicas. */
    FINISH,

    /** Delete what has come; report {@link #cleaned}. */
    CLEAN_UP,

    /** It has failed and nothing is left: tell the replicas. */
    GIVE_UP,

    /** Close the connection to the source. */
    DISCONNECT
  }

  private boolean demoted;
  private boolean pauseAsked;

  /**
   * An import that was just agreed on.
   *
   * @param silenceMs silence of the source after which it counts as gone
   * @param host does the steps
   */
  ImportMachine(long silenceMs, Consumer<Step> host, long nowMs) {
    super(WAITING_FOR_ACK, "source", silenceMs, host, nowMs);
    peerIsThere(nowMs);
  }

  /** Whether keys of the slots may still come. */
  boolean receives() {
    return !over() && state() != FAILOVER_GRANTED;
  }

  private boolean over() {
    return state().terminal() || state() == CLEANING_UP;
  }

  // Events

  /** Something has come from the source, no message. */
  void received(long nowMs) {
    peerIsThere(nowMs);
  }

  /** The source has said something. */
  void heard(Message said, long nowMs) {
    if (over()) {
      return;
    }
    peerIsThere(nowMs);
    switch (said) {
      case ACK -> {
        if (state() == WAITING_FOR_ACK) {
          enter(RECEIVING_SNAPSHOT, nowMs);
        }
      }
      case SNAPSHOT_EOF -> {
        if (expect(RECEIVING_SNAPSHOT, said, nowMs)) {
          enter(WAITING_FOR_PAUSED, nowMs);
          perform(Step.AWAIT_COPIES);
        }
      }
      case PAUSED -> {
        if (!pauseAsked) {
          unexpected(said, nowMs);
        } else if (expect(WAITING_FOR_PAUSED, said, nowMs)) {
          enter(FAILOVER_REQUESTED, nowMs);
          perform(Step.AWAIT_COPIES);
        }
      }
      case FAILOVER_GRANTED -> {
        if (expect(FAILOVER_REQUESTED, said, nowMs)) {
          enter(FAILOVER_GRANTED, nowMs);
          perform(Step.TAKE);
        }
      }
      default -> unexpected(said, nowMs);
    }
  }

  /**
   * Replicas and file of this node have what has come, as far as could be waited for. They take it
   * twice: first the snapshot, for which nobody has to wait, then what came until the pause.
   */
  void copiesReady(long nowMs) {
    if (state() == WAITING_FOR_PAUSED && !pauseAsked) {
      pauseAsked = true;
      say(Step.ASK_PAUSE, nowMs);
    } else if (state() == FAILOVER_REQUESTED) {
      say(Step.ASK_FAILOVER, nowMs);
    }
  }

  /**
   * The core has decided.
   *
   * @param refusal why the slots could not be taken, or "" if they were
   */
  void taken(String refusal, long nowMs) {
    if (state() != FAILOVER_GRANTED) {
      return;
    }
    if (refusal.isEmpty()) {
      enter(SUCCESS, nowMs);
      perform(Step.FINISH);
      perform(Step.DISCONNECT);
    } else {
      giveUp(refusal, nowMs);
    }
  }

  @Override
  void failed(String reason, long nowMs) {
    if (!over() && state() != FAILOVER_GRANTED) {
      giveUp(reason, nowMs);
    }
  }

  /** This node is no primary any more: its primary cleans up. */
  void demoted(long nowMs) {
    demoted = true;
    if (state() == CLEANING_UP) {
      enter(FAILED, nowMs);
    } else if (!over()) {
      enter(FAILED, "This node is no longer a primary", nowMs);
      perform(Step.DISCONNECT);
    }
  }

  private void giveUp(String reason, long nowMs) {
    enter(CLEANING_UP, reason, nowMs);
    perform(Step.DISCONNECT);
    perform(Step.CLEAN_UP);
  }

  /** Nothing of what had come is left. */
  void cleaned(long nowMs) {
    if (state() == CLEANING_UP && !demoted) {
      enter(FAILED, nowMs);
      perform(Step.GIVE_UP);
    }
  }

  /** Time passes. */
  void tick(long nowMs) {
    if (over() || state() == FAILOVER_GRANTED) {
      return;
    }
    if (!failedBySilence(nowMs) && acknowledgementIsDue(nowMs)) {
      say(Step.ACKNOWLEDGE, nowMs);
    }
  }
}
