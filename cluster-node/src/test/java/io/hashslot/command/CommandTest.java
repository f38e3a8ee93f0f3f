package io.hashslot.command;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What tests of commands have in common: an empty node and one client. Every test runs with one
 * shard, which is Redis' serial order, and with many; nothing may differ.
 */
@ParameterizedClass(name = "with {0} shards")
@ValueSource(ints = {1, 64})
public abstract class CommandTest {
  @Parameter int shards;

  /** The node. */
  protected CommandKit kit;

  /** Its first client. */
  protected CommandKit.Client client;

  @BeforeEach
  void start() {
    kit = newKit(shards);
    client = kit.client();
  }

  @AfterEach
  void end() {
    kit.close();
  }

  /** Makes the node. */
  protected CommandKit newKit(int shardCount) {
    return new CommandKit(shardCount, inCluster());
  }

  /** Tells whether the node is one of a cluster. */
  protected boolean inCluster() {
    return false;
  }

  /** Runs a command as the first client. */
  protected Outcome run(String... words) {
    return client.run(words);
  }

  /** Lets time pass. */
  protected void passMs(long ms) {
    kit.clock().advanceMs(ms);
  }

  /** The wall time in milliseconds, some while from now. */
  protected static String inMs(long ms) {
    return Long.toString(ManualClock.START_MS + ms);
  }
}
