package io.hashslot.cli.repl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cli.Conversation;
import io.hashslot.cli.RealServers;
import io.hashslot.cli.Surroundings;
import io.hashslot.cli.TestSettings;
import io.hashslot.resp.client.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys typed at a terminal, and what becomes of them. */
class TypedLinesIT {
  private static final String UP = "\033[A";
  private static final String CTRL_D = "\u0004";

  @TempDir Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  private TypedLines typing(String keys, Endpoint server) throws Exception {
    Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .type("vt100")
            .streams(
                new SequenceInputStream(
                    new ByteArrayInputStream(keys.getBytes(UTF_8)), new Silence()),
                screen)
            .graphemeCluster(false)
            .size(new Size(200, 30))
            .paused(true)
            .build();
    // Keys typed ahead must reach the line reader as they are.
    terminal.enterRawMode();
    terminal.resume();
    var out = new PrintStream(screen, true, UTF_8);
    var surroundings =
        new Surroundings(
            new ByteArrayInputStream(new byte[0]),
            out,
            out,
            Map.of(
                "REDISCLI_HISTFILE",
                folder.resolve("history").toString(),
                "REDISCLI_RCFILE",
                folder.resolve("rc").toString()),
            true,
            true);
    var conversation = new Conversation(TestSettings.at(server), surroundings, true);
    return TypedLines.on(terminal, surroundings, conversation, new HelpPages(conversation));
  }

  /** A person who has stopped typing but not left. */
  private static final class Silence extends InputStream {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        never.await();
      } catch (InterruptedException left) {
        throw new IOException(left);
      }
      return -1;
    }
  }

  private static String next(TypedLines lines) {
    byte[] line = lines.next("prompt> ");
    return line == null ? null : new String(line, UTF_8);
  }

  @Test
  void shouldGiveLinesAsTypedUntilTheEnd() throws Exception {
    try (TypedLines lines =
        typing("SET k \"it's \\x00 !x ä\"\rGET k\r" + CTRL_D, new Endpoint("127.0.0.1", 1))) {
      assertThat(next(lines)).isEqualTo("SET k \"it's \\x00 !x ä\"");
      assertThat(next(lines)).isEqualTo("GET k");
      assertThat(next(lines)).isNull();
    }
    assertThat(screen.toString(UTF_8)).contains("prompt> ");
  }

  @Test
  void shouldRecallOnlyWhatItWasToldToRemember() throws Exception {
    Files.writeString(folder.resolve("history"), "PING\n");
    try (TypedLines lines =
        typing("AUTH secret\r" + UP + "\r" + CTRL_D, new Endpoint("127.0.0.1", 1))) {
      assertThat(next(lines)).isEqualTo("AUTH secret");
      assertThat(next(lines)).isEqualTo("PING");
    }
    assertThat(folder.resolve("history")).hasContent("PING");
  }

  @Test
  void shouldHintAtArgumentsAndCompleteNamesOfTheServersCommands() throws Exception {
    RealServers.require("redis-server");
    try (var servers = new RealServers(folder)) {
      Endpoint server = servers.start("redis-server");
      try (TypedLines lines = typing("ltr\t l 0 1\r" + CTRL_D, server)) {
        assertThat(next(lines).replaceAll(" +", " ")).isEqualTo("ltrim l 0 1");
      }
      assertThat(screen.toString(UTF_8)).contains("key start stop");
    }
  }
}
