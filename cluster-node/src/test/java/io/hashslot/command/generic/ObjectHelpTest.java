package io.hashslot.command.generic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ObjectHelpTest extends CommandTest {
  @Test
  void shouldListTheSubcommands() {
    assertThat(run("OBJECT", "HELP").reply())
        .startsWith("*15\r\n+OBJECT <subcommand>")
        .contains("+ENCODING <key>", "+FREQ <key>", "+IDLETIME <key>", "+REFCOUNT <key>");
  }
}
