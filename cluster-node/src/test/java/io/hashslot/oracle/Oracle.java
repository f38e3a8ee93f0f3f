package io.hashslot.oracle;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The servers whose behaviour is the specification. A test that needs one is skipped where it is
 * not installed, unless the environment says {@code HASHSLOT_ORACLES=required}: then it fails.
 */
public enum Oracle {
  REDIS("redis-server"),
  VALKEY("valkey-server");

  private final String program;

  Oracle(String program) {
    this.program = program;
  }

  /** Whether it is there: for tests that have more to say than what it decides. */
  public boolean installed() {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** The program, once it is known to be there. */
  public String program() {
    boolean there = installed();
    if (!there && "required".equals(System.getenv("HASHSLOT_ORACLES"))) {
      fail(program + " is required but not installed; see .ci/oracles");
    }
    assumeTrue(there, program + " is not installed");
    return program;
  }
}
