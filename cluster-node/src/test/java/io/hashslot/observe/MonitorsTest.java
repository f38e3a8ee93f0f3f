package io.hashslot.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MonitorsTest {
  private static String line(String... words) {
    try (var kit = new CommandKit(1, false)) {
      Session session = kit.client().session();
      Request request = new Request();
      request.copyFrom(Arrays.stream(words).map(word -> word.getBytes(ISO_8859_1)).toList());
      try {
        return Monitors.line(session, request, 1_795_350_115_000_370L);
      } finally {
        request.release();
      }
    }
  }

  @Test
  void shouldShowTimeDatabaseAndQuotedArguments() {
    assertThat(line("set", "k", "a\"b\\c\n\u0001\u00e9"))
        .isEqualTo("+1795350115.000370 [0 ] \"set\" \"k\" \"a\\\"b\\\\c\\n\\x01\\xe9\"\r\n");
  }

  @Test
  void shouldHideSecrets() {
    assertThat(line("auth", "name", "secret"))
        .endsWith(" \"auth\" \"(redacted)\" \"(redacted)\"\r\n");
    assertThat(line("HELLO", "3", "AUTH", "name", "secret", "SETNAME", "x"))
        .endsWith(" \"HELLO\" \"3\" \"AUTH\" \"(redacted)\" \"(redacted)\" \"SETNAME\" \"x\"\r\n");
    assertThat(line("config", "set", "port", "1", "requirepass", "secret"))
        .endsWith(" \"port\" \"1\" \"requirepass\" \"(redacted)\"\r\n");
  }
}
