package io.hashslot.command.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class PubsubHelpTest extends CommandTest {
  @Test
  void shouldNameEverySubcommand() {
    assertThat(run("PUBSUB", "HELP").reply())
        .contains("CHANNELS", "NUMPAT", "NUMSUB", "SHARDCHANNELS", "SHARDNUMSUB", "HELP");
  }
}
