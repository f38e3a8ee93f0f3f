package io.hashslot.session;

import io.hashslot.resp.Output;
import io.hashslot.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client. Confined to its loop; other threads reach it through {@link Loop#inbox()} or {@link
 * Loop#execute}. The volatile fields are those that {@code CLIENT LIST} of another loop may show.
 */
public final class Session {
  private final long id;
  private final Link link;
  private final Loop loop;
  private final ReplyWriter reply;
  private final long createdMs;
  private @Nullable Object[] states = new Object[SessionSlot.count()];

  private int database;
  private volatile String name = "";
  private volatile String libraryName = "";
  private volatile String libraryVersion = "";
  private volatile String userName = "default";
  private volatile String lastCommand = "NULL";
  private volatile long lastActiveMs;
  private boolean authenticated;
  private boolean readOnlyMode;
  private boolean followsRedirects;
  private boolean asking;
  private boolean noTouch;
  private boolean noEvict;
  private boolean monitor;
  private boolean subscriber;
  private Peer peer = Peer.CLIENT;
  private boolean closing;
  private boolean closed;
  private ReplyMode replyMode = ReplyMode.ON;
  private long journalPosition;
  private final Told told = new Told();

  private boolean holdingPushes;
  private final List<byte[]> heldPushes = new ArrayList<>(0);
  private volatile @Nullable Waiting waiting;
  private volatile Loop.@Nullable Timer waitTimer;

  /** Makes the session of a link. */
  public Session(long id, Link link, Loop loop, Output output, long nowMs) {
    this.id = id;
    this.link = link;
    this.loop = loop;
    this.reply = new ReplyWriter(output);
    this.createdMs = nowMs;
    this.lastActiveMs = nowMs;
  }

  /** Returns the client id; unique in the life of the process. */
  public long id() {
    return id;
  }

  /** Returns the socket side. */
  public Link link() {
    return link;
  }

  /** Returns the loop this session is confined to. */
  public Loop loop() {
    return loop;
  }

  /** Returns the writer of this session's replies. */
  public ReplyWriter reply() {
    return reply;
  }

  /** Returns when the client connected, in wall milliseconds. */
  public long createdMs() {
    return createdMs;
  }

  /** Returns the state that a subsystem has hung on this session, or null. */
  @SuppressWarnings("unchecked")
  public <T> @Nullable T get(SessionSlot<T> slot) {
    return slot.index < states.length ? (T) states[slot.index] : null;
  }

  /** Hangs the state of a subsystem on this session; null takes it off. */
  public <T> void set(SessionSlot<T> slot, @Nullable T state) {
    if (slot.index >= states.length) {
      states = Arrays.copyOf(states, SessionSlot.count());
    }
    states[slot.index] = state;
  }

  /** Returns the index of the selected database. */
  public int database() {
    return database;
  }

  /** Selects a database. */
  public void database(int index) {
    database = index;
  }

  /** Returns the name given by {@code CLIENT SETNAME}, or "". */
  public String name() {
    return name;
  }

  /** Sets the client's name. */
  public void name(String newName) {
    name = newName;
  }

  /** Returns the client library's name, or "". */
  public String libraryName() {
    return libraryName;
  }

  /** Sets the client library's name. */
  public void libraryName(String newName) {
    libraryName = newName;
  }

  /** Returns the client library's version, or "". */
  public String libraryVersion() {
    return libraryVersion;
  }

  /** Sets the client library's version. */
  public void libraryVersion(String newVersion) {
    libraryVersion = newVersion;
  }

  /** Returns the name of the authenticated user. */
  public String userName() {
    return userName;
  }

  /** Returns the last command's full name, as {@code CLIENT LIST} shows it. */
  public String lastCommand() {
    return lastCommand;
  }

  /** Returns when the client last sent something, in wall milliseconds. */
  public long lastActiveMs() {
    return lastActiveMs;
  }

  /** Notes that a command runs now. */
  public void active(String command, long nowMs) {
    link.traffic().command();
    // Written only when they change: volatile stores cost a fence each.
    if (!command.equals(lastCommand)) {
      lastCommand = command;
    }
    if (nowMs != lastActiveMs) {
      lastActiveMs = nowMs;
    }
  }

  /** Tells whether the client may run commands. */
  public boolean authenticated() {
    return authenticated;
  }

  /** Logs the client in as a user. */
  public void authenticate(String user) {
    userName = user;
    authenticated = true;
    link.trusted(true);
  }

  /** Logs the client out. */
  public void forgetAuthentication() {
    userName = "default";
    authenticated = false;
    link.trusted(false);
  }

  /** Tells whether the client accepts reads from a replica ({@code READONLY}). */
  public boolean readOnlyMode() {
    return readOnlyMode;
  }

  /** Sets {@code READONLY} or {@code READWRITE}. */
  public void readOnlyMode(boolean on) {
    readOnlyMode = on;
  }

  /** Tells whether the client can follow a replica's hint to its primary. */
  public boolean followsRedirects() {
    return followsRedirects;
  }

  /** Sets {@code CLIENT CAPA REDIRECT}. */
  public void followsRedirects(boolean on) {
    followsRedirects = on;
  }

  /** Tells whether the last command was {@code ASKING}. */
  public boolean asking() {
    return asking;
  }

  /** Sets or clears the effect of {@code ASKING}. */
  public void asking(boolean on) {
    asking = on;
  }

  /** Tells whether the client's commands leave access times alone. */
  public boolean noTouch() {
    return noTouch;
  }

  /** Sets {@code CLIENT NO-TOUCH}. */
  public void noTouch(boolean on) {
    noTouch = on;
  }

  /** Tells whether the client is spared when clients are evicted. */
  public boolean noEvict() {
    return noEvict;
  }

  /** Sets {@code CLIENT NO-EVICT}. */
  public void noEvict(boolean on) {
    noEvict = on;
  }

  /** Tells whether the client watches all commands ({@code MONITOR}). */
  public boolean monitor() {
    return monitor;
  }

  /** Makes the client a monitor, or not. */
  public void monitor(boolean on) {
    monitor = on;
  }

  /** Tells whether the client has subscriptions; under RESP2 it may then do little else. */
  public boolean subscriber() {
    return subscriber;
  }

  /** Says whether the client has subscriptions. */
  public void subscriber(boolean on) {
    subscriber = on;
  }

  /** Tells whether the peer is a replica of ours. */
  public boolean replicaLink() {
    return peer == Peer.REPLICA;
  }

  /** Tells whether the peer is our primary. */
  public boolean primaryLink() {
    return peer == Peer.PRIMARY;
  }

  /** Tells whether the peer's commands are applied as they are: no gates, no replies. */
  public boolean applied() {
    return peer.ordinal() >= Peer.PRIMARY.ordinal();
  }

  /** Says who the peer is. */
  public void peer(Peer who) {
    peer = who;
  }

  /** Tells whether replies are sent. */
  public ReplyMode replyMode() {
    return replyMode;
  }

  /** Chooses whether replies are sent. */
  public void replyMode(ReplyMode mode) {
    replyMode = mode;
  }

  /** Returns the journal position after this client's last write, for {@code WAIT}. */
  public long journalPosition() {
    return journalPosition;
  }

  /** Notes the journal position after a write of this client. */
  public void journalPosition(long position) {
    journalPosition = position;
  }

  /** Returns what replies tell of that were not sent yet. */
  public Told told() {
    return told;
  }

  /** Tells whether the link closes after the replies that are pending. */
  public boolean closing() {
    return closing;
  }

  /**
   * Closes the link once the replies written so far are sent; no further input is executed, and
   * what other clients could end is not waited for.
   */
  public void closeAfterReply() {
    closing = true;
    if (isBlocked()) {
      endWaiting();
    }
    link.closeAfterReply();
  }

  /** Tells whether the link is gone. */
  public boolean closed() {
    return closed;
  }

  /** The link is gone: ends what the session waited for. */
  public void onClosed() {
    closed = true;
    endWaiting();
  }

  /**
   * Sends a message that nobody asked for. Within a transaction it is kept until the reply is
   * complete: a push must not stand inside an array.
   */
  public void push(byte[] message) {
    if (closed || closing) {
      return;
    }
    if (holdingPushes) {
      heldPushes.add(message);
      return;
    }
    told.of(Told.DATA);
    reply.output().put(message);
    link.flushSoon();
  }

  /** Keeps messages back while a reply of several parts is written, and sends them after it. */
  public void holdPushes(boolean hold) {
    holdingPushes = hold;
    if (!hold && !heldPushes.isEmpty()) {
      List<byte[]> kept = List.copyOf(heldPushes);
      heldPushes.clear();
      kept.forEach(this::push);
    }
  }

  /** Tells whether the session waits for something. */
  public boolean isWaiting() {
    return waiting != null;
  }

  /**
   * Tells whether it waits for what other clients do, not for the end of its command. Any thread.
   */
  public boolean isBlocked() {
    Waiting what = waiting;
    return what != null && what.canBeUnblocked();
  }

  /** Tells whether the session waits for a limited time. Any thread: as of a moment ago. */
  public boolean waitsForLimitedTime() {
    return waitTimer != null;
  }

  /** Returns what the session waits for, or null. */
  public @Nullable Waiting waiting() {
    return waiting;
  }

  /**
   * Begins to wait. The command under way has written no reply; it comes when the waiting ends.
   *
   * @param timeoutMs at most so long; 0 means without end
   */
  public void await(Waiting what, long timeoutMs) {
    if (waiting != null) {
      throw new IllegalStateException("session " + id + " already waits");
    }
    waiting = what;
    if (timeoutMs > 0) {
      waitTimer = loop.schedule(() -> onTimeout(what), timeoutMs);
    }
  }

  private void onTimeout(Waiting what) {
    if (waiting == what && what.tryEnd()) {
      waitTimer = null;
      answer(() -> what.onTimeout(this));
      finishWaiting(true);
    }
  }

  /** Writes the reply that was waited for, unless the client does not want it. */
  private void answer(Runnable writeReply) {
    int start = reply.output().position();
    writeReply.run();
    mute(start);
  }

  /**
   * Takes a reply back that begins at a position of the output, if it is not wanted: {@code CLIENT
   * REPLY}, or a primary's command. Called once after each command that does not wait.
   */
  public void mute(int start) {
    if (applied() || replyMode != ReplyMode.ON) {
      reply.output().position(start);
    }
    if (!applied()) {
      replyMode = replyMode.next();
    }
  }

  /**
   * Ends the waiting, if it is still for {@code what}: runs the writer of the reply, sends it, and
   * goes on with held input. Only on the loop.
   *
   * @return whether the session still waited for it
   */
  public boolean wake(Waiting what, Runnable writeReply) {
    if (waiting != what) {
      return false;
    }
    answer(writeReply);
    finishWaiting(true);
    return true;
  }

  /**
   * Like {@link #wake}, in the middle of another client's command: held input goes on once that is
   * done.
   */
  public void wakeWithin(Waiting what, Runnable writeReply) {
    if (waiting == what) {
      answer(writeReply);
      finishWaiting(false);
    }
  }

  /**
   * Ends the waiting with an error; used by {@code CLIENT UNBLOCK} and role changes.
   *
   * @return false if there was nothing to end
   */
  public boolean unblock(String error) {
    return end(what -> what.onUnblocked(this, error));
  }

  /**
   * Ends the waiting as if its time had run out; {@code CLIENT UNBLOCK id TIMEOUT}.
   *
   * @return false if there was nothing to end
   */
  public boolean unblockAsTimeout() {
    return end(what -> what.onTimeout(this));
  }

  private boolean end(Consumer<Waiting> replier) {
    Waiting what = waiting;
    if (what == null || !what.canBeUnblocked() || !what.tryEnd()) {
      return false;
    }
    answer(() -> replier.accept(what));
    finishWaiting(false);
    return true;
  }

  /** Held input goes on at once, or after the command of another client that is under way. */
  private void finishWaiting(boolean atOnce) {
    endWaiting();
    if (!closed) {
      if (atOnce) {
        link.resume(); // sends the reply, too
      } else {
        link.flushSoon();
        loop.execute(link::resume);
      }
    }
  }

  private void endWaiting() {
    Waiting what = waiting;
    waiting = null;
    Loop.Timer timer = waitTimer;
    if (timer != null) {
      timer.cancel();
      waitTimer = null;
    }
    if (what != null) {
      what.onEnd();
    }
  }
}
