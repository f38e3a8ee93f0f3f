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
final class ImportMachine {
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

  private static final long ACK_EVERY_MS = 1000;

  private final long silenceMs;
  private final Consumer<Step> host;
  private MigrationState state = WAITING_FOR_ACK;
  private String message = "";
  private long updatedMs;
  private long heardMs;
  private long saidMs;
  private boolean demoted;
  private boolean pauseAsked;

  /**
   * An import that was just agreed on.
   *
   * @param silenceMs silence of the source after which it counts as gone
   * @param host does the steps
   */
  ImportMachine(long silenceMs, Consumer<Step> host, long nowMs) {
    this.silenceMs = silenceMs;
    this.host = host;
    updatedMs = nowMs;
    heardMs = nowMs;
    saidMs = nowMs;
  }

  MigrationState state() {
    return state;
  }

  /** Why it has failed, or "". */
  String message() {
    return message;
  }

  /** When the state last changed. */
  long updatedMs() {
    return updatedMs;
  }

  /** When the source was last heard. */
  long heardMs() {
    return heardMs;
  }

  /** Whether keys of the slots may still come. */
  boolean receives() {
    return !over() && state != FAILOVER_GRANTED;
  }

  private boolean over() {
    return state.terminal() || state == CLEANING_UP;
  }

  private void enter(MigrationState next, long nowMs) {
    state = next;
    updatedMs = nowMs;
  }

  // Events

  /** Something has come from the source, no message. */
  void received(long nowMs) {
    heardMs = nowMs;
  }

  /** The source has said something. */
  void heard(Message said, long nowMs) {
    if (over()) {
      return;
    }
    heardMs = nowMs;
    switch (said) {
      case ACK -> {
        if (state == WAITING_FOR_ACK) {
          enter(RECEIVING_SNAPSHOT, nowMs);
        }
      }
      case SNAPSHOT_EOF -> {
        if (expect(RECEIVING_SNAPSHOT, said, nowMs)) {
          enter(WAITING_FOR_PAUSED, nowMs);
          host.accept(Step.AWAIT_COPIES);
        }
      }
      case PAUSED -> {
        if (!pauseAsked) {
          unexpected(said, nowMs);
        } else if (expect(WAITING_FOR_PAUSED, said, nowMs)) {
          enter(FAILOVER_REQUESTED, nowMs);
          host.accept(Step.AWAIT_COPIES);
        }
      }
      case FAILOVER_GRANTED -> {
        if (expect(FAILOVER_REQUESTED, said, nowMs)) {
          enter(FAILOVER_GRANTED, nowMs);
          host.accept(Step.TAKE);
        }
      }
      default -> unexpected(said, nowMs);
    }
  }

  private boolean expect(MigrationState wanted, Message said, long nowMs) {
    if (state != wanted) {
      unexpected(said, nowMs);
    }
    return state == wanted;
  }

  private void unexpected(Message said, long nowMs) {
    failed("Unexpected " + said.word() + " from the source while " + state.text(), nowMs);
  }

  private void say(Step step, long nowMs) {
    saidMs = nowMs;
    host.accept(step);
  }

  /**
   * Replicas and file of this node have what has come, as far as could be waited for. They take it
   * twice: first the snapshot, for which nobody has to wait, then what came until the pause.
   */
  void copiesReady(long nowMs) {
    if (state == WAITING_FOR_PAUSED && !pauseAsked) {
      pauseAsked = true;
      say(Step.ASK_PAUSE, nowMs);
    } else if (state == FAILOVER_REQUESTED) {
      say(Step.ASK_FAILOVER, nowMs);
    }
  }

  /**
   * The core has decided.
   *
   * @param refusal why the slots could not be taken, or "" if they were
   */
  void taken(String refusal, long nowMs) {
    if (state != FAILOVER_GRANTED) {
      return;
    }
    if (refusal.isEmpty()) {
      enter(SUCCESS, nowMs);
      host.accept(Step.FINISH);
      host.accept(Step.DISCONNECT);
    } else {
      giveUp(refusal, nowMs);
    }
  }

  /** The connection is gone, or something went wrong here. */
  void failed(String reason, long nowMs) {
    if (!over() && state != FAILOVER_GRANTED) {
      giveUp(reason, nowMs);
    }
  }

  /** This node is no primary any more: its primary cleans up. */
  void demoted(long nowMs) {
    demoted = true;
    if (state == CLEANING_UP) {
      enter(FAILED, nowMs);
    } else if (!over()) {
      message = "This node is no longer a primary";
      enter(FAILED, nowMs);
      host.accept(Step.DISCONNECT);
    }
  }

  private void giveUp(String reason, long nowMs) {
    message = reason;
    enter(CLEANING_UP, nowMs);
    host.accept(Step.DISCONNECT);
    host.accept(Step.CLEAN_UP);
  }

  /** Nothing of what had come is left. */
  void cleaned(long nowMs) {
    if (state == CLEANING_UP && !demoted) {
      enter(FAILED, nowMs);
      host.accept(Step.GIVE_UP);
    }
  }

  /** Time passes. */
  void tick(long nowMs) {
    if (over() || state == FAILOVER_GRANTED) {
      return;
    }
    if (nowMs - heardMs > silenceMs) {
      failed("The source has been silent for too long", nowMs);
    } else if (nowMs - saidMs >= ACK_EVERY_MS) {
      say(Step.ACKNOWLEDGE, nowMs);
    }
  }
}
