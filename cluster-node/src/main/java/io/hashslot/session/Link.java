package io.hashslot.session;

import io.hashslot.resp.Request;
import org.jspecify.annotations.Nullable;

/** The socket side of a session, as the engine sees it. All methods run on the session's loop. */
public interface Link {
  /** Returns the peer's address as {@code ip:port}, or {@code path:0} for a unix socket. */
  String peer();

  /** Returns the own address as {@code ip:port}, or {@code path:0} for a unix socket. */
  String local();

  /** Tells whether the peer is on this very machine, by loopback or unix socket. */
  boolean fromThisMachine();

  /** Tells whether the link is a unix socket. */
  boolean unixSocket();

  /** Tells whether the link is encrypted: its client is then told of TLS ports. */
  boolean tls();

  /** Sends what is in the output once the batch of input under way is done, or soon. */
  void flushSoon();

  /** Goes on with input that was held back while the session waited. */
  void resume();

  /** Sends what is in the output and closes; no more input is read. */
  void closeAfterReply();

  /** Closes at once; output that was not sent is lost. */
  void closeNow();

  /** Returns the bytes of replies that the peer has not taken yet. */
  long pendingOutputBytes();

  /** Returns into how many pieces the replies are cut that the peer has not taken yet. */
  int pendingOutputPieces();

  /** Returns the bytes of input that have been read but not executed. */
  int pendingInputBytes();

  /** Returns the bytes of input that the buffer has room for. */
  int freeInputBytes();

  /** Returns what has gone over this link so far. */
  Traffic traffic();

  /** Returns the file descriptor's stand-in for {@code CLIENT LIST}. */
  int descriptor();

  /** Tells the link's parser whether the client may send large requests. */
  void trusted(boolean authenticated);

  /** Hands the raw link over to replication; the session executes no more commands. */
  void detach(RawPeer peer);

  /** Sends bytes past the reply buffer, in order, after {@link #detach}. Copies them. */
  void sendRaw(long address, int length);

  /** Takes over the bytes of a detached link. */
  interface RawPeer {
    /** A request of the peer was parsed; it is not answered by the engine. */
    void onRequest(Request request);

    /** The link is gone. */
    void onClosed();

    /** Tells whether small packets may be held back until there is more to send with them. */
    default boolean gathersPackets() {
      return false;
    }

    /** The peer takes bytes again after {@link Link#pendingOutputBytes} was high. */
    void onWritable();

    /** Returns why the link should be closed, when too much output is pending, else null. */
    @Nullable String overLimit(long pendingBytes);
  }
}
