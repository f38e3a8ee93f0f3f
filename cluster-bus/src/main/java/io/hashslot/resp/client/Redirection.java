package io.hashslot.resp.client;

import io.hashslot.resp.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Where a node of a cluster sends a client: {@code MOVED 3999 127.0.0.1:6381} or {@code ASK …}.
 *
 * @param ask whether only this one command goes there, behind ASKING
 * @param slot 0 to 16383
 * @param target where to go
 */
public record Redirection(boolean ask, int slot, Endpoint target) {
  /**
   * Reads a redirection.
   *
   * @param from the node that answered; an empty host in the reply means the same host
   * @return {@code null} if the reply is none, or one that makes no sense
   */
  public static @Nullable Redirection of(Reply reply, Endpoint from) {
    if (!reply.isFailure("MOVED") && !reply.isFailure("ASK")) {
      return null;
    }
    String[] words = reply.asText().split(" ", -1);
    if (words.length < 3) {
      return null;
    }
    try {
      Endpoint target = Endpoint.parse(words[2]);
      if (target.host().isEmpty()) {
        target = new Endpoint(from.host(), target.port());
      }
      return new Redirection(words[0].equals("ASK"), Integer.parseInt(words[1]), target);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
