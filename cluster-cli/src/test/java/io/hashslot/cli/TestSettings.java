package io.hashslot.cli;

import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;

/** Settings for tests of other packages. */
public final class TestSettings {
  private TestSettings() {}

  /** A person at a terminal, talking to the given server. */
  public static Settings at(Endpoint server) {
    return new Settings(
        server,
        null,
        ConnectOptions.PLAIN.withTimeoutsMs(5_000, 20_000),
        0,
        Settings.Protocol.RESP2,
        false,
        false,
        false,
        new StandardFormat());
  }
}
