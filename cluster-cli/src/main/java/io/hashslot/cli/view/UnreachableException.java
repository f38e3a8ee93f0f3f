package io.hashslot.cli.view;

import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RefusedException;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;

/** A node does not answer. The message is a whole line for standard error. */
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which node, and why. */
  public UnreachableException(Endpoint endpoint, IOException reason) {
    super(
        (reason instanceof RefusedException
                ? "Refused by Redis at "
                : "Could not connect to Redis at ")
            + endpoint
            + ": "
            + RespConnection.reasonOf(reason),
        reason);
  }
}
