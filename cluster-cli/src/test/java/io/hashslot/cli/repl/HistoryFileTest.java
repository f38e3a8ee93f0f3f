package io.hashslot.cli.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir Path folder;

  @Test
  void shouldKeepTheNewestHundredLinesForTheOwnersEyesOnly() throws Exception {
    Path file = folder.resolve("history");
    var history = new HistoryFile(file);
    for (int i = 0; i < 150; i++) {
      history.add("line " + i);
    }
    assertThat(Files.readAllLines(file)).hasSize(100).startsWith("line 50").endsWith("line 149");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new HistoryFile(file).lines()).hasSize(100);
  }

  @Test
  void shouldKeepALineThatIsRepeatedOnce() throws Exception {
    Path file = folder.resolve("history");
    var history = new HistoryFile(file);
    history.add("PING");
    history.add("PING");
    assertThat(Files.readAllLines(file)).containsExactly("PING");
  }

  @Test
  void shouldWorkWithoutAFile() {
    var history = new HistoryFile(null);
    history.add("PING");
    assertThat(history.lines()).containsExactly("PING");
  }
}
