package io.hashslot.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cluster-node", "cluster-cli"})
  void startsFromAnyFolderAndThroughASymbolicLink(String program) throws Exception {
    assertThat(Launch.of(folder, program, "--version").output()).contains("0.1.0");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Launch.root().resolve("bin").resolve(program));
    var launch = Launch.of(folder, link, "--version");
    assertThat(launch.output()).contains("0.1.0");
    assertThat(launch.status()).isZero();
  }

  @Test
  void aWrongConfigurationEndsWithStatusOneAndNamesFileAndLine() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.conf"), "# mine\nporrt 7000\n");
    var launch = Launch.of(folder, "cluster-node", file.toString());
    assertThat(launch.status()).isEqualTo(1);
    assertThat(launch.output())
        .contains("FATAL CONFIG FILE ERROR", "bad.conf', at line 2", ">>> 'porrt 7000'");
  }

  @Test
  void aWrongWordOfTheQuickstartIsAnsweredWithItsUsage() throws Exception {
    var launch = Launch.of(folder, "quickstart", "begin");
    assertThat(launch.status()).isEqualTo(1);
    assertThat(launch.output()).startsWith("Usage: bin/quickstart");
    assertThat(Launch.of(folder, "quickstart", "--port", "80").output())
        .contains("--port must be from 1024");
  }
}
