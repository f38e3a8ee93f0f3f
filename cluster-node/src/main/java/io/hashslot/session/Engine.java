package io.hashslot.session;

import io.hashslot.resp.Request;

/**
 * What a loop's connections hand their requests to. One engine per loop, used by that loop only.
 */
public interface Engine {
  /** A client has connected. */
  void opened(Session session);

  /**
   * Runs one request; its reply goes to the session's output.
   *
   * @return false if the request could not run now: it must be kept and given again when the link
   *     is told to {@linkplain Link#resume() resume}
   */
  boolean execute(Session session, Request request);

  /**
   * Shows the engine what it will be given next, so that it may prepare for it. A hint: nothing is
   * executed, and nothing need be whole.
   *
   * @param base native address of the bytes
   * @param from where the next request begins, relative to the base
   * @param limit end of the bytes, relative to the base
   * @return up to where it has looked, relative to the base: not to be shown again before that
   */
  int prepare(Session session, long base, int from, int limit);

  /** The requests that were read together have been run; their replies are about to be sent. */
  void batchEnd();

  /** The peer sent what is not RESP: counted and logged; the link closes after the reply. */
  void protocolError(Session session, String problem);

  /** A client is gone. */
  void closed(Session session);
}
