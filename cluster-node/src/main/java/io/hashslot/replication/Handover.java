package io.hashslot.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a primary hands its role over to a replica, as a pure machine: times and what replicas have
 * acknowledged go in, what to do comes out. States and order are those of FAILOVER in Redis 7.0 and
 * Valkey 8.0.
 *
 * <ol>
 *   <li>{@link State#WAITING}: writes are held back until a replica has acknowledged the very end
 *       of the stream.
 *   <li>{@link State#IN_PROGRESS}: this server follows that replica already, and asks it to take
 *       over. Its answer decides.
 *   <li>back to {@link State#NONE}: done, or given up with the former role restored.
 * </ol>
 */
final class Handover {
  /** How far it is; INFO shows the text. */
  enum State {
    NONE("no-failover"),
    WAITING("waiting-for-sync"),
    IN_PROGRESS("failover-in-progress");

    private final String text;

    State(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * What was asked for.
   *
   * @param target who shall take over, null: whoever is in step first
   * @param timeoutMs how long to wait for it, 0: without end
   * @param force whether it takes over after that time though it is not in step
   */
  record Order(@Nullable PrimaryEndpoint target, long timeoutMs, boolean force) {}

  /**
   * A replica that could take over.
   *
   * @param acknowledged offset it has acknowledged
   */
  record Candidate(PrimaryEndpoint endpoint, long acknowledged) {}

  /** What has to be done. */
  sealed interface Step {
    /**
     * Follow this replica and ask it to take over, if {@link Handover#confirm} agrees once writes
     * are impossible.
     *
     * @param forced whether it may lack some of the stream
     */
    record Follow(PrimaryEndpoint successor, boolean forced) implements Step {}

    /**
     * It is over, without success: let writes go on.
     *
     * @param followed whether the role of a replica was taken already and has to be given up
     */
    record GiveUp(String reason, boolean followed) implements Step {}
  }

  private volatile State state = State.NONE;
  private Order order = new Order(null, 0, false);
  private long endsAtMs;

  State state() {
    return state;
  }

  /** Whether it is under way and bounded in time. */
  boolean timed() {
    return state != State.NONE && order.timeoutMs() > 0;
  }

  /**
   * Begins.
   *
   * @param nowMs a time in milliseconds that only goes forward, as in all other calls
   */
  void begin(Order what, long nowMs) {
    if (state != State.NONE) {
      throw new IllegalStateException("already " + state);
    }
    order = what;
    endsAtMs = nowMs + what.timeoutMs();
    state = State.WAITING;
  }

  /**
   * Looks whether it can go on.
   *
   * @param offset end of the stream
   * @param candidates replicas that are online
   * @return null while there is nothing to do
   */
  @Nullable Step tick(long nowMs, long offset, List<Candidate> candidates) {
    if (state != State.WAITING) {
      return null;
    }
    PrimaryEndpoint target = order.target();
    if (order.timeoutMs() > 0 && nowMs >= endsAtMs) {
      return order.force() && target != null
          ? new Step.Follow(target, true)
          : giveUp("no replica was in step in time");
    }
    for (Candidate candidate : candidates) {
      if (candidate.acknowledged() == offset
          && (target == null || target.equals(candidate.endpoint()))) {
        return new Step.Follow(candidate.endpoint(), false);
      }
    }
    return null;
  }

  /**
   * Asks once more when writes are impossible; if the answer is yes, the successor is to be
   * followed now.
   */
  boolean confirm(Step.Follow step, long offset, List<Candidate> candidates) {
    boolean good =
        state == State.WAITING
            && (step.forced() || candidates.contains(new Candidate(step.successor(), offset)));
    if (good) {
      state = State.IN_PROGRESS;
    }
    return good;
  }

  /** The successor has the role. */
  void succeeded() {
    state = State.NONE;
  }

  /** It is not wanted any more, or the successor has refused. */
  Step.GiveUp giveUp(String reason) {
    boolean followed = state == State.IN_PROGRESS;
    state = State.NONE;
    return new Step.GiveUp(reason, followed);
  }
}
