package io.hashslot.cli.repl;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.resp.client.Command;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveLinesTest {
  private static Command command(String line) {
    return Command.of(line.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AUTH x",
        "auth u x",
        "ACL SETUSER u >x",
        "config set requirepass x",
        "CONFIG SET masterauth x",
        "CONFIG SET maxmemory 1 primaryauth x",
        "HELLO 3 AUTH u x",
        "HELLO 3 SETNAME n AUTH u x",
        "MIGRATE h 1 k 0 10 AUTH x",
        "MIGRATE h 1 \"\" 0 10 COPY AUTH2 u x KEYS k",
        "SENTINEL SET m auth-pass x",
        "SENTINEL CONFIG SET sentinel-pass x"
      })
  void linesWithPasswordsShouldNotBeKept(String line) {
    assertThat(SensitiveLines.isSensitive(command(line))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET auth x",
        "ACL LIST",
        "CONFIG GET requirepass",
        "CONFIG SET maxmemory requirepass",
        "HELLO 3",
        "MIGRATE h 1 AUTH 0 10",
        "SENTINEL SET m quorum 2"
      })
  void otherLinesShouldBeKept(String line) {
    assertThat(SensitiveLines.isSensitive(command(line))).isFalse();
  }
}
