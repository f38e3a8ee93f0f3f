package io.hashslot.command;

import io.hashslot.resp.Request;

/**
 * Runs a command within another one ({@code EXEC}, later scripts): under the locks that are held,
 * as part of the same effects, its reply following what has been written.
 */
@FunctionalInterface
public interface Nested {
  /**
   * Runs a command; the context of the caller is restored afterwards.
   *
   * @return false if it replied with an error
   */
  boolean call(CommandSpec command, Request request);
}
