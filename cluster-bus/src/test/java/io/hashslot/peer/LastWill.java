package io.hashslot.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen when the JVM of the tests ends before they have tidied up, even by a kill that
 * it cannot notice: servers that it started are killed, folders that it made are deleted.
 *
 * <p>The executor is a shell at the other end of a pipe. It is told of everything that begins and
 * ends; when the pipe breaks it does what is left to do. It has a session of its own, or it would
 * die together with the group of the JVM. Where there is no bash or setsid, there is no executor.
 */
public final class LastWill {
  private static final String EXECUTOR =
      """
      trap '' HUP INT TERM
      declare -A pids folders commands
      while IFS= read -r line; do
        what=${line:2}
        case $line in
          '+p'*) pids[$what]=1 ;;
          '-p'*) unset "pids[$what]" ;;
          '+f'*) folders[$what]=1 ;;
          '-f'*) unset "folders[$what]" ;;
          '+c'*) commands[$what]=1 ;;
        esac
      done
      for pid in "${!pids[@]}"; do kill -9 "$pid"; done
      sleep 0.2
      for command in "${!commands[@]}"; do $command; done
      for folder in "${!folders[@]}"; do rm -rf -- "$folder"; done
      """;

  private static @Nullable Writer executor;

  private LastWill() {}

  /** Starts a process that does not outlive this JVM. */
  public static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    tell("+p" + process.pid());
    process.onExit().thenRun(() -> tell("-p" + process.pid()));
    return process;
  }

  /** Has a command run at the end, split at blanks; it may fail if it is not needed any more. */
  public static void command(String line) {
    tell("+c" + line);
  }

  /** Makes a folder that does not outlive this JVM; {@link #delete} deletes it earlier yet. */
  public static Path temporaryFolder(String prefix) throws IOException {
    Path folder = Files.createTempDirectory(prefix);
    tell("+f" + folder);
    return folder;
  }

  /** Leaves a folder to whoever wants to look at it. */
  public static void keep(Path folder) {
    tell("-f" + folder);
  }

  /** Deletes a folder with everything in it. */
  public static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tell("-f" + folder);
  }

  private static synchronized void tell(String line) {
    Writer to = executor;
    if (to == null) to = startExecutor();
    executor = to;
    try {
      to.write(line + "\n");
      to.flush();
    } catch (IOException _) {
      // It was killed: the tests themselves can do without.
      executor = Writer.nullWriter();
    }
  }

  private static Writer startExecutor() {
    try {
      return new ProcessBuilder(List.of("setsid", "bash", "-c", EXECUTOR))
          .directory(Path.of("/").toFile())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .outputWriter(StandardCharsets.UTF_8);
    } catch (IOException _) {
      return Writer.nullWriter();
    }
  }
}
