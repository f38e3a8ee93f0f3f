package io.hashslot.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWillIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The JVM of a test run, as it were: makes a folder, starts two servers, ends one of them. */
  public static final class Testator {
    private Testator() {}

    /** Writes the pid of the one that runs and the folder to a file, and waits to be killed. */
    public static void main(String[] arguments) throws Exception {
      Path folder = LastWill.temporaryFolder("last-will-");
      Files.writeString(folder.resolve("file"), "left behind");
      Process ended = LastWill.start(new ProcessBuilder("sleep", "600"));
      ended.destroyForcibly().waitFor();
      Process running = LastWill.start(new ProcessBuilder("sleep", "600"));
      Path report = Path.of(arguments[0]);
      Path draft = Path.of(report + ".new");
      Files.writeString(draft, running.pid() + "\n" + folder);
      Files.move(draft, report, StandardCopyOption.ATOMIC_MOVE);
      Thread.sleep(600_000);
    }
  }

  @TempDir private Path folder;

  @Test
  void nothingOutlivesAKilledTestRun() throws Exception {
    Path report = folder.resolve("report");
    Process testator =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Testator.class.getName(),
                    report.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      Awaitility.await("its report")
          .atMost(PATIENCE)
          .failFast("it has ended", () -> !testator.isAlive())
          .until(() -> Files.exists(report));
      List<String> reported = Files.readAllLines(report);
      ProcessHandle server = ProcessHandle.of(Long.parseLong(reported.get(0))).orElseThrow();
      Path left = Path.of(reported.get(1));
      assertThat(left.resolve("file")).exists();

      testator.destroyForcibly();

      Awaitility.await("the server has ended").atMost(PATIENCE).until(() -> !server.isAlive());
      Awaitility.await("the folder is gone").atMost(PATIENCE).until(() -> Files.notExists(left));
    } finally {
      testator.destroyForcibly();
    }
  }
}
