package io.hashslot.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.oracle.Oracle;
import io.hashslot.persist.rdb.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --check-rdb} says of a file what {@code valkey-check-rdb} says, and ends as that does. */
class CheckRdbIT {
  /** What is wrong is said in other words, and not always at the same byte. */
  private static final Pattern COMPARED =
      Pattern.compile(
          "\\[offset \\d+] (?:Checking|AUX FIELD|MODULE AUX|Selecting|Checksum|RDB file|\\\\o/).*"
              + "|--- RDB ERROR DETECTED ---"
              + "|\\[additional info] (?:While doing|Reading key).*"
              + "|\\[info] .*");

  /** Records of newer servers that are passed over here, and that valkey-server does not know. */
  private static final List<String> KNOWN_HERE = List.of("craft-v11-opcode244.rdb");

  @TempDir Path folder;

  private record Verdict(int status, String output) {
    List<String> compared() {
      return output.lines().filter(line -> COMPARED.matcher(line).matches()).toList();
    }
  }

  private static Verdict ours(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, UTF_8);
    List<String> all = new ArrayList<>(List.of("--check-rdb"));
    all.addAll(List.of(arguments));
    return new Verdict(
        Tools.run(all, InputStream.nullInputStream(), out, out).orElseThrow(),
        bytes.toString(UTF_8));
  }

  private static Verdict theirs(String file) throws Exception {
    String tool = Oracle.VALKEY.program().replace("server", "check-rdb");
    Process process = new ProcessBuilder(tool, file).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Verdict(process.waitFor(), output);
  }

  private Path file(String name) throws Exception {
    return Files.write(folder.resolve(name), Vectors.bytes(name));
  }

  @Test
  void allFilesAreJudgedAsByValkeysTool() throws Exception {
    List<String> names = new ArrayList<>();
    Path vectors = Path.of(CheckRdbIT.class.getResource("/rdb").toURI());
    try (var files = Files.list(vectors)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(n -> n.endsWith("rdb"))
          .forEach(names::add);
    }
    names.removeAll(KNOWN_HERE);
    assertThat(names).hasSizeGreaterThan(50);
    for (String name : names) {
      String path = file(name).toString();
      Verdict here = ours(path);
      Verdict there = theirs(path);
      assertThat(here.status()).as(name + ": " + here.output()).isEqualTo(there.status());
      assertThat(here.compared()).as(name).isEqualTo(there.compared());
      if (here.status() == 0) {
        assertThat(here.output()).as(name).isEqualTo(there.output());
      }
    }
  }

  @Test
  void filesThatEndTooEarlyAreFoundOut() throws Exception {
    byte[] whole = Vectors.bytes("valkey80-lru.rdb");
    for (int length = 0; length < whole.length; length += 7) {
      Path part = Files.write(folder.resolve("part.rdb"), java.util.Arrays.copyOf(whole, length));
      Verdict here = ours(part.toString());
      assertThat(here.status()).isEqualTo(1);
      assertThat(here.output()).contains("[offset " + length + "] Unexpected EOF reading RDB file");
      assertThat(here.compared()).isEqualTo(theirs(part.toString()).compared());
    }
  }

  @Test
  void aFileThatIsMissingOrNotNamedIsAFailure() {
    assertThat(ours().status()).isEqualTo(1);
    assertThat(ours("a", "b").output()).startsWith("Usage: ");
    assertThat(ours(folder.resolve("missing").toString()).status()).isEqualTo(1);
    assertThat(ours(folder.toString()).status()).isEqualTo(1);
  }
}
