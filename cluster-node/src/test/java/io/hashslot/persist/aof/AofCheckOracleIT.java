package io.hashslot.persist.aof;

import static io.hashslot.persist.aof.AofFiles.command;
import static io.hashslot.persist.aof.AofFiles.commands;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.oracle.Oracle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our check of append-only files beside {@code redis-check-aof} and {@code valkey-check-aof}: the
 * same text, the same exit status, the same files afterwards.
 */
class AofCheckOracleIT {
  private static final String PING = command("PING");
  private static final String TIMES =
      "#TS:10\r\n" + PING + "#TS:20\r\n" + PING + "#TS:30\r\n" + PING;

  @TempDir Path dir;

  /** What a check said and did: its text, its status, and what files are there. */
  private record Verdict(String text, int status, String files) {}

  private Path folder(String name, AofFilesOf content) throws IOException {
    Path folder = Files.createDirectories(dir.resolve(name));
    content.write(folder);
    return folder;
  }

  private interface AofFilesOf {
    void write(Path folder) throws IOException;
  }

  private static AofFilesOf file(String name, String content) {
    return folder -> Files.write(folder.resolve(name), content.getBytes(ISO_8859_1));
  }

  private static AofFilesOf all(AofFilesOf... each) {
    return folder -> {
      for (AofFilesOf one : each) {
        one.write(folder);
      }
    };
  }

  private Verdict theirs(Oracle oracle, Path folder, String answer, String... args)
      throws Exception {
    String program = oracle.program().replace("-server", "-check-aof");
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(args));
    Path input = Files.writeString(dir.resolve("answer"), answer, ISO_8859_1);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .start();
    String text = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    return new Verdict(
        text.replace(program, "cluster-check-aof").replace("RDB file ./", "RDB file "),
        process.waitFor(),
        new AofFiles(folder).listing());
  }

  private static Verdict ours(Path folder, String answer, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>(List.of(args));
    String name = words.removeLast();
    words.add(folder.resolve(name).toString());
    int status =
        AofCheck.run(
            words,
            new ByteArrayInputStream(answer.getBytes(ISO_8859_1)),
            new PrintStream(out, true, ISO_8859_1));
    String text = out.toString(ISO_8859_1).replace(folder + "/", "");
    return new Verdict(text, status, new AofFiles(folder).listing());
  }

  /** Checks copies of the same files with both. */
  private void compare(Oracle oracle, AofFilesOf content, String answer, String... args)
      throws Exception {
    Path left = folder("theirs", content);
    Path right = folder("ours", content);
    Verdict expected = theirs(oracle, left, answer, args);
    assertThat(ours(right, answer, args)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*1\r\n$4\r\nPING\r\n",
        "*1\r\n$4\r\nPING\r\ngarbage",
        "*1\r\n$4\r\nPING\r\n*2\r\n+OK\r\n",
        "*1\r\n$4\r\nPING\r\n*2\r\n",
        "*1\r\n$4\r\nPING\r\n*2\r\n$1\r\n",
        "*1\r\n$4\r\nPING\r\n*2\r\n$5\r\nabc",
        "*1\r\n$4\r\nPINGxx",
        "*1\r\n$-4\r\n",
        "*ax\r\n",
        "*1x\r\n",
        "*1\r\n$ax\r\n",
        "*1\r\n$4x\r\nPING\r\n",
        "*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nPING\r\n",
        "*1\r\n$5\r\nMULTI\r\n*1\r\n$5\r\nMULTI\r\n",
        "*1\r\n$5\r\nMULTI\r\n*1\r\n$5\r\nmulti\r\n*1\r\n$4\r\nEXEC\r\n",
        "*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nexec\r\n*1\r\n$4\r\nEXEC\r\n",
        "*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nPING\r\ngarbage",
        "#TS:1\r\n*1\r\n$4\r\nPING\r\n#TS:2\r\n",
        "#TS:5",
        "REDIS0009\u00fe\0\0\1a\1b\u00ff\0\0\0\0\0\0\0\0",
        "REDIS0009\u00fe\0\0\1a\1b\u00ff\0\0\0\0\0\0\0\0*1\r\n$4\r\nPING\r\n*1",
        "REDIS0009\u00fe\0\0\1a\1",
      })
  void shouldSayTheSameOfASingleFile(String content) throws Exception {
    for (Oracle oracle : Oracle.values()) {
      if (!content.endsWith("\r\n*1")) { // there the tools print what happens to be in memory
        compare(oracle, file("a.aof", content), "", "a.aof");
      }
      compare(oracle, file("a.aof", content.replace("\r\n*1", "")), "y\n", "--fix", "a.aof");
    }
  }

  @ParameterizedTest
  @EnumSource(Oracle.class)
  void shouldSayTheSameOfFilesThatServersHaveWritten(Oracle oracle) throws Exception {
    List<String> samples =
        Stream.of("redis70-rdb-base", "redis70-history", "redis70-failed-rewrites").toList();
    for (String sample : samples) {
      compare(
          oracle,
          folder -> {
            for (Path path : paths(sample)) {
              Files.copy(
                  path,
                  folder.resolve(path.getFileName().toString()),
                  StandardCopyOption.REPLACE_EXISTING);
            }
          },
          "",
          "appendonly.aof.manifest");
    }
  }

  private static List<Path> paths(String sample) throws IOException {
    try (Stream<Path> all = Files.list(AofFiles.samples().resolve(sample + "/appendonlydir"))) {
      return all.toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Oracle.class)
  void shouldAskBeforeItCuts(Oracle oracle) throws Exception {
    for (String answer : List.of("y\n", "Y\n", "n\n", "yes\n", "", "\n")) {
      compare(oracle, file("a.aof", PING + "garbage"), answer, "--fix", "a.aof");
      compare(oracle, file("a.aof", PING), answer, "--fix", "a.aof");
    }
  }

  @ParameterizedTest
  @EnumSource(Oracle.class)
  void shouldCutAtAMoment(Oracle oracle) throws Exception {
    for (String moment : List.of("5", "10", "15", "29", "30", "99", "x")) {
      compare(oracle, file("a.aof", TIMES), "", "--truncate-to-timestamp", moment, "a.aof");
    }
    compare(
        oracle,
        file("a.aof", PING + "#TS:x\r\n" + PING),
        "",
        "--truncate-to-timestamp",
        "5",
        "a.aof");
  }

  @ParameterizedTest
  @EnumSource(Oracle.class)
  void shouldTreatSeveralFilesAsOne(Oracle oracle) throws Exception {
    AofFilesOf files =
        all(
            file("good", commands("SET a 1", "SET b 2")),
            file("bad", PING + "garbage"),
            file("times", TIMES),
            file("empty", ""),
            file("snapshot", "REDIS0009\u00fe\0\0\1a\1b\u00ff\0\0\0\0\0\0\0\0" + PING),
            file("m1", "file good seq 1 type b\nfile times seq 1 type i\n"),
            file("m2", "# comment\nfile bad seq 1 type i\nfile good seq 2 type i\n"),
            file("m3", "file snapshot seq 1 type b\nfile bad seq 1 type i\n"),
            file("m4", "file empty seq 1 type b\nfile empty seq 1 type i\n"),
            file("m5", "file times seq 1 type i\nfile good seq 2 type i\n"));
    for (String manifest : List.of("m1", "m2", "m3", "m4", "m5")) {
      compare(oracle, files, "", manifest);
      compare(oracle, files, "y\n", "--fix", manifest);
      if (!manifest.equals("m5")) { // its advice names the tool, and its folder
        compare(oracle, files, "", "--truncate-to-timestamp", "15", manifest);
      }
    }
  }

  @Test
  void shouldRefuseWhatItCannotUse() throws IOException {
    Path folder =
        folder(
            "ours",
            all(
                file("good", PING),
                file("missing", "file gone seq 1 type i\n"),
                file("wrong", "file good seq 0 type i\n"),
                file("zero", "*0\r\n"),
                file("times", TIMES),
                file("order", "file times seq 1 type i\nfile good seq 2 type i\n")));
    assertThat(ours(folder, "", "missing"))
        .returns(1, Verdict::status)
        .extracting(Verdict::text)
        .asString()
        .contains("Cannot open file gone: No such file or directory");
    assertThat(ours(folder, "", "wrong"))
        .returns(1, Verdict::status)
        .extracting(Verdict::text)
        .asString()
        .contains("Invalid AOF manifest file format");
    assertThat(ours(folder, "", "zero").status()).isEqualTo(1);
    assertThat(ours(folder, "", "nowhere").status()).isEqualTo(1);
    assertThat(ours(folder, "", "--mend", "good").text()).startsWith("Usage: cluster-check-aof");
    assertThat(ours(folder, "", "--truncate-to-timestamp", "15", "order"))
        .returns(1, Verdict::status)
        .extracting(Verdict::text)
        .asString()
        .contains("because it is not the last file");
  }
}
