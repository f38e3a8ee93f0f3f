package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafepointLogTest {

  private static final String LINES =
      """
      [0.153s] Safepoint "SerialCollectForAllocation", Time since last: 86352 ns, Reaching safepoint: 10200 ns, \
      Cleanup: 0 ns, At safepoint: 789800 ns, Leaving safepoint: 0 ns, Total: 800000 ns, Threads: 0 runnable, 12 total
      [0.201s] Safepoint "ICBufferFull", Time since last: 4123 ns, Reaching safepoint: 900 ns, \
      Cleanup: 0 ns, At safepoint: 4100 ns, Leaving safepoint: 0 ns, Total: 5000 ns, Threads: 1 runnable, 12 total
      """;

  @Test
  void shouldFindTheLongestStopAndItsCause() {
    SafepointLog.Stops stops = SafepointLog.parse(LINES);

    assertThat(stops.count()).isEqualTo(2);
    assertThat(stops.totalMs()).isEqualTo(0.805);
    assertThat(stops.longestMs()).isEqualTo(0.8);
    assertThat(stops.longestCause()).isEqualTo("SerialCollectForAllocation");
  }

  @Test
  void shouldCountOnlyWhatWasWrittenSince(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("safepoints.log");
    SafepointLog log = new SafepointLog(file);
    assertThat(log.length()).isZero();
    Files.writeString(file, LINES);
    int before = log.length();
    Files.writeString(file, LINES + LINES.lines().toList().getLast() + "\n");

    assertThat(log.since(before).count()).isEqualTo(1);
    assertThat(log.since(before).longestMs()).isEqualTo(0.005);
  }

  @Test
  void shouldReadWhatAJvmWritesThatIsToldToLogNothing(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("safepoints.log");
    SafepointLog log = new SafepointLog(file);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path program = directory.resolve("Collect.java");
    Files.writeString(program, "void main() { System.gc(); }");

    ProcessBuilder quietJvm =
        new ProcessBuilder(java.toString(), "-Xlog:disable", "-XX:+UseSerialGC", program.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile());
    quietJvm.environment().put(SafepointLog.ENVIRONMENT, log.jvmOption());

    Process process = quietJvm.start();

    assertThat(process.waitFor()).isZero();
    assertThat(log.since(0).count()).isPositive();
    assertThat(log.since(0).longestMs()).isPositive();
  }
}
