package io.hashslot.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/directives.md} what the table says. To write it anew: {@code mvn -q verify -pl
 * cluster-node -am -Dtest=DirectivesPageTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dhashslot.write=true}.
 */
class DirectivesPageTest {
  @Test
  void thePageSaysWhatTheTableSays() throws Exception {
    Path page = Path.of(System.getProperty("hashslot.root", ".."), "docs", "directives.md");
    String text = DirectivesPage.text();
    if (Boolean.getBoolean("hashslot.write")) Files.writeString(page, text);
    assertThat(Files.readString(page))
        .as("docs/directives.md is stale: see this class")
        .isEqualTo(text);
  }
}
