package io.hashslot.observe;

import io.hashslot.resp.Request;

/** Which arguments are secrets that neither monitors nor the slow log may show. */
final class Redaction {
  /** What is shown instead. */
  static final String SHOWN = "(redacted)";

  private Redaction() {}

  /** Tells whether an argument of a request is a secret. */
  static boolean hides(Request request, int i) {
    if (i == 0) {
      return false;
    }
    if (request.is(0, "AUTH")) {
      return true;
    }
    if (request.is(0, "HELLO")) {
      return i > 2 && (request.is(i - 1, "AUTH") || request.is(i - 2, "AUTH"));
    }
    return request.is(0, "CONFIG")
        && request.is(1, "SET")
        && i > 2
        && i % 2 == 1
        && (request.is(i - 1, "REQUIREPASS")
            || request.is(i - 1, "MASTERAUTH")
            || request.is(i - 1, "PRIMARYAUTH")
            || request.is(i - 1, "TLS-KEY-FILE-PASS"));
  }
}
