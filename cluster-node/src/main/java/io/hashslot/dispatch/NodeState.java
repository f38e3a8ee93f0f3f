package io.hashslot.dispatch;

import io.hashslot.session.Loop;
import io.hashslot.session.ReplyGate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every request must be judged by, besides its own row: the role, loading, pauses, limits.
 * Written by whoever knows (replication, persistence, configuration), read by all loops.
 *
 * <p>In the usual case nothing special is the case; the dispatcher sees that in one read of {@link
 * #special()}.
 */
public final class NodeState {
  /** What {@code CLIENT PAUSE} or a failover holds back. */
  public enum Pause {
    NONE,
    WRITES,
    ALL
  }

  /** Far longer than it takes to hold all shards; whoever waits then asks again. */
  private static final long TAKE_OVER_MS = 10_000;

  private final ReplyGate gate = new ReplyGate();
  private volatile boolean special;

  private volatile boolean loading;
  private volatile boolean asyncLoading;
  private volatile boolean replica;
  private volatile String primaryAddress = "";
  private volatile boolean replicaReadOnly = true;
  private volatile boolean primaryLinkUp = true;
  private volatile boolean serveStaleData = true;
  private volatile boolean enoughReplicas = true;
  private volatile boolean enoughAcks = true;
  private volatile @Nullable String writeError;
  private volatile @Nullable String appendError;
  private volatile boolean outOfMemory;
  private volatile Pause pause = Pause.NONE;
  private volatile long pauseUntilMs;
  private volatile long failoverPauseUntilMs;
  private volatile boolean takingOver;
  private volatile @Nullable String password;
  private volatile long slowLogAfterUs = 10_000;
  private volatile long queryBufferLimit = Long.MAX_VALUE;
  private volatile boolean stopping;
  private volatile boolean activeExpiry = true;
  private volatile Runnable afterLoading = () -> {};
  private volatile Runnable beforeReplacing = () -> {};
  private volatile boolean choresPaused;
  private final StreamErrors streamErrors = new StreamErrors();
  private final SlotHold slotHold = new SlotHold(this::holdChanged);
  private volatile boolean boundedAge;
  private volatile long freshUntilNs;
  private final List<Runnable> heldBack = new ArrayList<>();

  /** Returns where replies wait until what they tell of is safe. */
  public ReplyGate gate() {
    return gate;
  }

  /** Tells whether anything but the usual case may hold for requests. */
  boolean special() {
    return special;
  }

  private void update() {
    special =
        loading
            || asyncLoading
            || replica
            || !enoughReplicas
            || !enoughAcks
            || writeError != null
            || appendError != null
            || outOfMemory
            || pause != Pause.NONE
            || failoverPauseUntilMs != 0
            || slotHold.any();
  }

  private synchronized void holdChanged() {
    update();
  }

  /** Returns the slots whose writers wait. */
  public SlotHold slotHold() {
    return slotHold;
  }

  /** Tells whether data is being loaded. */
  public boolean loading() {
    return loading;
  }

  /** Says whether data is being loaded. */
  public void loading(boolean yes) {
    loading(yes, false);
  }

  /**
   * Says whether data is being loaded, and whether what was there before may be read meanwhile
   * ({@code async_loading}).
   */
  public void loading(boolean yes, boolean readable) {
    boolean over;
    synchronized (this) {
      over = (loading || asyncLoading) && !yes;
      loading = yes && !readable;
      asyncLoading = yes && readable;
      update();
    }
    if (over) {
      afterLoading.run();
    }
  }

  /** Tells whether data is being loaded beside the present data, which may be read meanwhile. */
  public boolean asyncLoading() {
    return asyncLoading;
  }

  /** Other data is about to take the place of all there is; all shards are held. */
  public void dataReplaced() {
    beforeReplacing.run();
  }

  /** Sets what is done under the locks of all shards before other data takes its place. */
  public void beforeReplacing(Runnable action) {
    beforeReplacing = action;
  }

  /** Sets what follows whenever data has been loaded, on the thread that says so. */
  public void afterLoading(Runnable action) {
    afterLoading = action;
  }

  /** Tells whether this node follows a primary. */
  public boolean replica() {
    return replica;
  }

  /** Says whether this node follows a primary; called under the locks of all shards. */
  public synchronized void replica(boolean yes) {
    replica = yes;
    update();
  }

  /**
   * Says that this node follows a primary, and which, as {@code host:port}; called under the locks
   * of all shards.
   */
  public synchronized void follow(String address) {
    primaryAddress = address;
    replica(true);
  }

  /** Returns where the primary is that this node follows or has followed, as {@code host:port}. */
  String primaryAddress() {
    return primaryAddress;
  }

  /** Tells whether a replica refuses writes of clients. */
  public boolean replicaReadOnly() {
    return replicaReadOnly;
  }

  /** Tells whether this node follows a primary and lets its own clients write nevertheless. */
  public boolean writableReplica() {
    return replica && !replicaReadOnly;
  }

  /** Sets {@code replica-read-only}. */
  public synchronized void replicaReadOnly(boolean yes) {
    replicaReadOnly = yes;
    update();
  }

  /** Tells whether the link to the primary stands and is in step. */
  public boolean primaryLinkUp() {
    return primaryLinkUp;
  }

  /** Says whether the link to the primary stands. */
  public synchronized void primaryLinkUp(boolean yes) {
    primaryLinkUp = yes;
    update();
  }

  /** Returns what is done when the primary's commands fail here. */
  public StreamErrors streamErrors() {
    return streamErrors;
  }

  /**
   * Says until when the data of this replica counts as fresh enough to be read, in monotonic
   * nanoseconds; {@code replica-max-staleness}.
   */
  public void freshUntil(long monotonicNs) {
    freshUntilNs = monotonicNs;
    boundedAge = true;
  }

  /** Says that the data of this replica may have any age. */
  public void anyAge() {
    boundedAge = false;
  }

  /** Tells whether the data of this replica may be older than is allowed. */
  boolean stale(long monotonicNs) {
    return boundedAge && replica && monotonicNs - freshUntilNs > 0;
  }

  /** Tells whether a replica answers while its primary is out of reach. */
  public boolean serveStaleData() {
    return serveStaleData;
  }

  /** Sets {@code replica-serve-stale-data}. */
  public synchronized void serveStaleData(boolean yes) {
    serveStaleData = yes;
    update();
  }

  /**
   * Tells whether the replicas that {@code min-replicas-to-write} and {@code cluster-write-acks}
   * ask for are there.
   */
  public boolean enoughReplicas() {
    return enoughReplicas && enoughAcks;
  }

  /** Says whether there are the replicas that {@code cluster-write-acks} asks for. */
  public synchronized void enoughAcks(boolean yes) {
    enoughAcks = yes;
    update();
  }

  /** Says whether there are the replicas that {@code min-replicas-to-write} asks for. */
  public synchronized void enoughReplicas(boolean yes) {
    enoughReplicas = yes;
    update();
  }

  /** Returns the reply that refuses writes because data cannot be persisted, or null. */
  public @Nullable String writeError() {
    String snapshots = writeError;
    return snapshots != null ? snapshots : appendError;
  }

  /** Sets the reply that refuses writes, beginning with {@code MISCONF}; null allows them. */
  public synchronized void writeError(@Nullable String reply) {
    writeError = reply;
    update();
  }

  /**
   * Sets the reply that refuses writes because the append-only file cannot be written, beginning
   * with {@code MISCONF}; null allows them. What is said of snapshots comes first.
   */
  public synchronized void appendError(@Nullable String reply) {
    appendError = reply;
    update();
  }

  /** Tells whether memory is used up and nothing may be evicted. */
  public boolean outOfMemory() {
    return outOfMemory;
  }

  /** Says whether memory is used up. */
  public synchronized void outOfMemory(boolean yes) {
    outOfMemory = yes;
    update();
  }

  /** Returns what is held back at a time. */
  public Pause pause(long nowMs) {
    if (pause != Pause.NONE && nowMs < pauseUntilMs) {
      return pause;
    }
    return nowMs < failoverPauseUntilMs ? Pause.WRITES : Pause.NONE;
  }

  /** Returns when the pause ends, in wall milliseconds. */
  public long pauseUntilMs() {
    return Math.max(pause == Pause.NONE ? 0 : pauseUntilMs, failoverPauseUntilMs);
  }

  /** Holds requests back until a time; a pause under way is never shortened, as in Redis. */
  public synchronized void pause(Pause what, long untilMs, long nowMs) {
    if (pause == Pause.NONE || nowMs >= pauseUntilMs) {
      pause = what;
      pauseUntilMs = untilMs;
    } else {
      pause = what == Pause.ALL ? Pause.ALL : pause;
      pauseUntilMs = Math.max(pauseUntilMs, untilMs);
    }
    update();
  }

  /** A failover by hand holds writes back until a time, whatever clients have asked for. */
  public synchronized void pauseForFailover(long untilMs) {
    failoverPauseUntilMs = untilMs;
    update();
  }

  /** The failover by hand is over, or has been given up. */
  public void endFailoverPause() {
    List<Runnable> waiting;
    synchronized (this) {
      failoverPauseUntilMs = 0;
      update();
      waiting = List.copyOf(heldBack);
      heldBack.clear();
    }
    waiting.forEach(Runnable::run);
  }

  /**
   * The cluster has made this replica a primary, and it will be one as soon as all shards are held:
   * until {@link #tookOver} writes wait instead of being refused.
   */
  public synchronized void takeOver(long nowMs) {
    takingOver = true;
    pauseForFailover(nowMs + TAKE_OVER_MS);
  }

  /** What {@link #takeOver} announced has happened, or will not. */
  public void tookOver() {
    if (takingOver) {
      takingOver = false;
      endFailoverPause();
    }
  }

  /** Tells whether this replica is about to be a primary. */
  boolean takingOver() {
    return takingOver;
  }

  /** Tells whether the node itself must not change data now: expiry and eviction wait too. */
  public boolean writesPaused(long nowMs) {
    return pause(nowMs) != Pause.NONE;
  }

  /** Ends the pause; whoever was held back tries again. */
  public void unpause() {
    List<Runnable> waiting;
    synchronized (this) {
      pause = Pause.NONE;
      update();
      waiting = List.copyOf(heldBack);
      heldBack.clear();
    }
    waiting.forEach(Runnable::run);
  }

  /** Somebody is held back by the pause: runs the action when it ends early, or has ended. */
  void onUnpause(Loop.Timer timer, Runnable tryAgain) {
    Runnable early =
        () -> {
          timer.cancel();
          tryAgain.run();
        };
    synchronized (this) {
      if (pause != Pause.NONE || failoverPauseUntilMs != 0) {
        heldBack.add(early);
        return;
      }
    }
    // It ended on another loop after it was seen here: nobody else would tell.
    early.run();
  }

  /** The time of a pause has run out: those held back have tried again by themselves. */
  public synchronized void endPauseAt(long nowMs) {
    if (pause != Pause.NONE && nowMs >= pauseUntilMs) {
      pause = Pause.NONE;
    }
    if (failoverPauseUntilMs != 0 && nowMs >= failoverPauseUntilMs) {
      failoverPauseUntilMs = 0;
    }
    if (pause == Pause.NONE && failoverPauseUntilMs == 0) {
      heldBack.clear();
    }
    update();
  }

  /** Returns the password that clients must give, or null. */
  public @Nullable String password() {
    return password;
  }

  /** Sets {@code requirepass}; null or empty asks for none. */
  public void password(@Nullable String newPassword) {
    password = newPassword == null || newPassword.isEmpty() ? null : newPassword;
  }

  /** Returns how long a command may take before it enters the slow log; negative: for ever. */
  public long slowLogAfterUs() {
    return slowLogAfterUs;
  }

  /** Sets {@code slowlog-log-slower-than}. */
  public void slowLogAfterUs(long us) {
    slowLogAfterUs = us;
  }

  /** Tells whether keys whose time has come are looked for in the background. */
  public boolean activeExpiry() {
    return activeExpiry;
  }

  /** Sets {@code DEBUG SET-ACTIVE-EXPIRE}. */
  public void activeExpiry(boolean yes) {
    activeExpiry = yes;
  }

  /** Tells whether the work that comes round by itself is put off. */
  public boolean choresPaused() {
    return choresPaused;
  }

  /** Sets {@code DEBUG PAUSE-CRON}. */
  public void choresPaused(boolean yes) {
    choresPaused = yes;
  }

  /** Returns how many bytes of requests not yet executed a client may have here. */
  public long queryBufferLimit() {
    return queryBufferLimit;
  }

  /** Sets {@code client-query-buffer-limit}, in bytes. */
  public void queryBufferLimit(long bytes) {
    queryBufferLimit = bytes;
  }

  /** Tells whether the node is about to stop. */
  public boolean stopping() {
    return stopping;
  }

  /** Says that the node is about to stop. */
  public void stop() {
    stopping = true;
  }
}
