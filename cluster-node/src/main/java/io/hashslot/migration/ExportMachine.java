package io.hashslot.migration;

import static io.hashslot.migration.MigrationState.CANCELLED;
import static io.hashslot.migration.MigrationState.CONNECTING;
import static io.hashslot.migration.MigrationState.FAILED;
import static io.hashslot.migration.MigrationState.FAILOVER_GRANTED;
import static io.hashslot.migration.MigrationState.FAILOVER_PAUSED;
import static io.hashslot.migration.MigrationState.READING_AUTH_RESPONSE;
import static io.hashslot.migration.MigrationState.READING_ESTABLISH_RESPONSE;
import static io.hashslot.migration.MigrationState.REPLICATING;
import static io.hashslot.migration.MigrationState.SNAPSHOTTING;
import static io.hashslot.migration.MigrationState.SUCCESS;
import static io.hashslot.migration.MigrationState.WAITING_TO_PAUSE;
import static io.hashslot.migration.MigrationState.WAITING_TO_SNAPSHOT;

import java.util.function.Consumer;

/**
 * One migration as its source sees it: which step follows what has happened. It sees no socket,
 * thread or clock.
 *
 * <p>The one rule that safety hangs on: from {@link Step#GRANT} on the source cannot know by itself
 * whether the slots are still its own. Writers wait until it hears of the new owner; if it never
 * does, it first takes an epoch that makes the claim of the other one stale ({@link Step#RECLAIM}),
 * and only then lets writers go on.
 */
final class ExportMachine extends MigrationMachine<ExportMachine.Step> {
  /** What the host has to do, in the order given. */
  enum Step {
    /** Send AUTH; report {@link #loggedIn} or {@link #failed}. */
    LOGIN,

    /** Send ESTABLISH; report {@link #established} or {@link #failed}. */
    ESTABLISH,

    /** Send ACK. */
    ACKNOWLEDGE,

    /**
     * Take a cut of the slots and send it; report {@link #snapshotBegun}, {@link #snapshotSent}.
     */
    SNAPSHOT,

    /** Send SNAPSHOT-EOF, and from then on what is written; report {@link #lag}. */
    STREAM,

    /** Let writers to the slots wait, and send PAUSED behind the last write. */
    PAUSE,

    /** Send FAILOVER-GRANTED. */
    GRANT,

    /** Outbid the target; report {@link #reclaimed}. */
    RECLAIM,

    /** Let writers go on, and close the connection. */
    END
  }

  /**
   * How long and how much.
   *
   * @param silenceMs silence of the target after which it counts as gone
   * @param pauseMs how long writers may wait until the target has asked for the slots
   * @param grantMs how long they wait at least from the grant on
   * @param maxLagBytes how much may be unsent when writers are paused; negative for any amount
   */
  record Limits(long silenceMs, long pauseMs, long grantMs, long maxLagBytes) {}

  /** Who owns the slots. */
  enum Owner {
    SOURCE,
    TARGET,
    SOMEBODY_ELSE
  }

  private final Limits limits;
  private final boolean login;
  private long pausedUntilMs;
  private boolean reclaiming;

  /**
   * A migration that connects now.
   *
   * @param login whether the target wants a password
   * @param host does the steps
   */
  ExportMachine(Limits limits, boolean login, Consumer<Step> host, long nowMs) {
    super(CONNECTING, "target", limits.silenceMs(), host, nowMs);
    this.limits = limits;
    this.login = login;
  }

  // Events

  /** The connection stands. */
  void connected(long nowMs) {
    if (state() != CONNECTING) {
      return;
    }
    enter(login ? READING_AUTH_RESPONSE : READING_ESTABLISH_RESPONSE, nowMs);
    perform(login ? Step.LOGIN : Step.ESTABLISH);
  }

  /** The target has accepted the password. */
  void loggedIn(long nowMs) {
    if (state() == READING_AUTH_RESPONSE) {
      enter(READING_ESTABLISH_RESPONSE, nowMs);
      perform(Step.ESTABLISH);
    }
  }

  /** The target has accepted the migration. */
  void established(long nowMs) {
    if (state() == READING_ESTABLISH_RESPONSE) {
      peerIsThere(nowMs);
      enter(WAITING_TO_SNAPSHOT, nowMs);
      say(Step.ACKNOWLEDGE, nowMs);
      perform(Step.SNAPSHOT);
    }
  }

  /** The cut was taken. */
  void snapshotBegun(long nowMs) {
    if (state() == WAITING_TO_SNAPSHOT) {
      enter(SNAPSHOTTING, nowMs);
    }
  }

  /** All keys of the cut were sent. */
  void snapshotSent(long nowMs) {
    if (state() == SNAPSHOTTING) {
      enter(REPLICATING, nowMs);
      say(Step.STREAM, nowMs);
    }
  }

  /** The target has said something. */
  void heard(Message said, long nowMs) {
    if (state().terminal()) {
      return;
    }
    peerIsThere(nowMs);
    switch (said) {
      case ACK -> {}
      case REQUEST_PAUSE -> {
        if (expect(REPLICATING, said, nowMs)) {
          enter(WAITING_TO_PAUSE, nowMs);
        }
      }
      case REQUEST_FAILOVER -> {
        if (expect(FAILOVER_PAUSED, said, nowMs)) {
          grant(nowMs);
        }
      }
      default -> unexpected(said, nowMs);
    }
  }

  private void grant(long nowMs) {
    if (nowMs >= pausedUntilMs) {
      failed("Writes were paused for too long", nowMs);
      return;
    }
    pausedUntilMs = Math.max(pausedUntilMs, nowMs + limits.grantMs());
    enter(FAILOVER_GRANTED, nowMs);
    perform(Step.GRANT);
  }

  /** So many bytes of what was written have not been sent. */
  void lag(long bytes, long nowMs) {
    boolean little = limits.maxLagBytes() < 0 || bytes <= limits.maxLagBytes();
    if (state() == WAITING_TO_PAUSE && little) {
      pausedUntilMs = nowMs + limits.pauseMs();
      enter(FAILOVER_PAUSED, nowMs);
      say(Step.PAUSE, nowMs);
    }
  }

  /** The picture of the cluster is new. */
  void owned(Owner owner, long nowMs) {
    if (state().terminal()) {
      return;
    }
    if (owner == Owner.TARGET && state() == FAILOVER_GRANTED) {
      end(SUCCESS, "", nowMs);
    } else if (owner != Owner.SOURCE) {
      end(FAILED, "Slots are no longer owned by this node", nowMs);
    }
  }

  /** The attempt to outbid the target has ended; false if the slots had gone by then. */
  void reclaimed(boolean done, long nowMs) {
    if (state() == FAILOVER_GRANTED && done) {
      end(
          FAILED,
          "The target was not heard of after it was granted the slots: they stay here, possible"
              + " lost writes",
          nowMs);
    }
  }

  @Override
  void failed(String reason, long nowMs) {
    if (!state().terminal() && state() != FAILOVER_GRANTED) {
      end(FAILED, reason, nowMs);
    }
  }

  /** This node is no primary any more: whatever was granted, its successor decides. */
  void demoted(long nowMs) {
    if (!state().terminal()) {
      end(FAILED, "This node is no longer a primary", nowMs);
    }
  }

  /** The user does not want it any more; too late once the slots were granted. */
  void cancel(long nowMs) {
    if (!state().terminal() && state() != FAILOVER_GRANTED) {
      end(CANCELLED, "Cancelled by user", nowMs);
    }
  }

  /** Time passes. */
  void tick(long nowMs) {
    if (state().terminal()) {
      return;
    }
    if (state() == FAILOVER_GRANTED) {
      if (nowMs >= pausedUntilMs && !reclaiming) {
        reclaiming = true;
        perform(Step.RECLAIM);
      }
      return;
    }
    if (state() == FAILOVER_PAUSED && nowMs >= pausedUntilMs) {
      failed("Writes were paused for too long", nowMs);
    } else if (!failedBySilence(nowMs) && speaks() && acknowledgementIsDue(nowMs)) {
      say(Step.ACKNOWLEDGE, nowMs);
    }
  }

  /** While the snapshot is on its way, that itself shows that the source is there. */
  private boolean speaks() {
    return state() == WAITING_TO_SNAPSHOT
        || state() == REPLICATING
        || state() == WAITING_TO_PAUSE
        || state() == FAILOVER_PAUSED;
  }

  private void end(MigrationState how, String why, long nowMs) {
    enter(how, why, nowMs);
    perform(Step.END);
  }
}
