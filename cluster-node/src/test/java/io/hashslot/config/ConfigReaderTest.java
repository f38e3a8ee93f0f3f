package io.hashslot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  @TempDir Path folder;

  private Path write(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void theLastOfFileStandardInputAndOptionsWins() throws Exception {
    Path file = write("a.conf", "port 1\ntimeout 1\nhz 11\n");
    var line = CommandLine.parse(List.of(file.toString(), "--port", "3", "-"));
    var input = new ByteArrayInputStream("port 2\ntimeout 2\n".getBytes(StandardCharsets.UTF_8));
    var config = Config.read(line, input);
    assertThat(config.get(NetworkDirectives.PORT)).isEqualTo(3);
    assertThat(config.get(ClientDirectives.TIMEOUT)).isEqualTo(2);
    assertThat(config.get(MemoryDirectives.HZ)).isEqualTo(11);
    assertThat(config.file()).isEqualTo(file);
  }

  @Test
  void includesFilesAndPatternsInOrder() throws Exception {
    write("10.inc", "timeout 10\nhz 20\n");
    write("20.inc", "timeout 20\n");
    Path file = write("main.conf", "include " + folder + "/*.inc\ninclude " + folder + "/no*.x\n");
    var config = Config.of(file.toString());
    assertThat(config.get(ClientDirectives.TIMEOUT)).isEqualTo(20);
    assertThat(config.get(MemoryDirectives.HZ)).isEqualTo(20);
  }

  @Test
  void saysWhichLineOfWhichFileIsWrong() throws Exception {
    Path bad = write("bad.inc", "# fine\n\n  porrt 7000  \n");
    Path file = write("main.conf", "include " + bad + "\n");
    assertThatThrownBy(() -> Config.of(file.toString()))
        .isInstanceOf(ConfigFileException.class)
        .hasMessage(
            """

            *** FATAL CONFIG FILE ERROR (Hashslot) ***
            Reading the configuration file '%s', at line 3
            >>> 'porrt 7000'
            Bad directive or wrong number of arguments\
            """
                .formatted(bad));
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Config.of(folder + "/none.conf"))
        .hasMessage(
            "Fatal error, can't open config file '%s/none.conf': No such file or directory"
                .formatted(folder));
  }

  @Test
  void stopsFilesThatIncludeOneAnother() throws Exception {
    Path file = write("loop.conf", "include " + folder + "/loop.conf\n");
    assertThatThrownBy(() -> Config.of(file.toString())).hasMessageContaining("one another");
  }

  @Test
  void severalSaveLinesAddUpAndReplaceTheDefault() throws Exception {
    Path file = write("a.conf", "save 900 1\nsave 300 10 60 100\n");
    assertThat(Config.of(file.toString()).get(PersistenceDirectives.SAVE))
        .containsExactly(new SavePoint(900, 1), new SavePoint(300, 10), new SavePoint(60, 100));
  }

  @Test
  void keepsLinesOfUsersForTheirOwner() throws Exception {
    Path file = write("a.conf", "user joe on\nport 7\nuser ann off\n");
    var config = Config.of(file.toString());
    assertThat(config.lines("user")).extracting(ConfigLine::number).containsExactly(1, 3);
    assertThat(config.lines("user").getFirst().error("bad").getMessage())
        .contains("at line 1\n>>> 'user joe on'\nbad");
  }

  @Test
  void refusesAReplicaInACluster() {
    assertThatThrownBy(() -> Config.of("--cluster-enabled", "yes", "--replicaof", "a", "7000"))
        .hasMessageContaining("replicaof directive not allowed in cluster mode");
  }

  @Test
  void readsOptionsAsRedisDoes() {
    assertThat(CommandLine.parse(List.of("x.conf", "--port", "1", "--save", "--dir", "a b")))
        .isEqualTo(new CommandLine("x.conf", false, "port \"1\" \nsave \"\"\ndir \"a b\" "));
    assertThat(CommandLine.parse(List.of("-", "--requirepass", "--x--")).options())
        .isEqualTo("requirepass \"--x--\" ");
    assertThat(CommandLine.parse(List.of("--port 7")).options()).isEqualTo("port 7 ");
  }

  @Test
  void rewritesTheFileInPlace() throws Exception {
    Path file = write("a.conf", "# mine\ntimeout 1\n");
    var config = Config.of(file.toString());
    config.set("timeout", "2");
    config.onRewrite("user", () -> List.of("default on nopass"));
    config.rewrite();
    assertThat(Files.readString(file))
        .startsWith("# mine\ntimeout 2\n")
        .contains("\nuser default on nopass\n");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(Config.of(file.toString()).get(ClientDirectives.TIMEOUT)).isEqualTo(2);
  }

  @Test
  void cannotRewriteWithoutAFile() {
    assertThatThrownBy(() -> Config.defaults().rewrite())
        .hasMessage("ERR The server is running without a config file");
  }
}
