package io.hashslot.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a program printed and how it ended. */
record Launch(int status, String output) {
  private static final int LIMIT_SECONDS = 240;

  static Path root() {
    return Path.of(System.getProperty("hashslot.root", "..")).toAbsolutePath().normalize();
  }

  /** Runs a program of {@code bin} in a folder, to its end. */
  static Launch of(Path folder, String program, String... arguments) throws Exception {
    return of(folder, root().resolve("bin").resolve(program), arguments);
  }

  static Launch of(Path folder, Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end:\n" + Files.readString(output));
    }
    return new Launch(process.exitValue(), Files.readString(output));
  }
}
