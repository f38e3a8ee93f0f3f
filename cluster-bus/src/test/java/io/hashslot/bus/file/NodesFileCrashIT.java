package io.hashslot.bus.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hashslot.bus.core.DurableState;
import io.hashslot.peer.LastWill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes nodes.conf. */
class NodesFileCrashIT {
  private static final int ROUNDS = 4;

  @TempDir private Path folder;

  /** The writer: a process of its own that saves one state after the other, each a bit newer. */
  static final class Writer {
    private Writer() {}

    /** Takes the path of the file and the epoch to begin with. */
    public static void main(String[] args) throws IOException {
      try (NodesFile file = NodesFile.open(Path.of(args[0]))) {
        for (long epoch = Long.parseLong(args[1]); ; epoch++) {
          DurableState state =
              DurableStates.alone(DurableStates.ME, 7000, 17000, epoch, "0-100 200");
          file.save(state, epoch % 8 == 0); // Synced or not: a killed process loses neither.
          Files.write(Path.of(args[0] + ".told"), Long.toString(epoch).getBytes(US_ASCII));
        }
      }
    }
  }

  @Test
  void whatWasSavedIsThereAndWholeAfterAKillAtAnyMoment() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Path path = folder.resolve("nodes.conf");
    long epoch = 1;
    for (int round = 0; round < ROUNDS; round++) {
      Process writer = startWriter(path, epoch);
      try {
        long began = epoch;
        await("the writer to write")
            .atMost(Duration.ofSeconds(60))
            .until(() -> !writer.isAlive() || told(path) > began);
        assertThatThrownBy(() -> NodesFile.open(path)).isInstanceOf(NodesFileInUseException.class);
        Thread.sleep(random.nextInt(100));
      } finally {
        writer.destroyForcibly();
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      try (NodesFile file = NodesFile.open(path)) {
        DurableState state = file.load(false);
        assertThat(state).as("seed %d", seed).isNotNull();
        String text = Files.readString(path, US_ASCII);
        assertThat(NodesText.parse(text, false).currentEpoch())
            .as("what another server would read, seed %d", seed)
            .isBetween(told(path), state.currentEpoch());
        assertThat(state.currentEpoch()).as("seed %d", seed).isGreaterThanOrEqualTo(told(path));
        epoch = state.currentEpoch() + 1;
      }
      try (var files = Files.list(folder)) {
        assertThat(files.filter(f -> f.toString().contains(".tmp-"))).isEmpty();
      }
    }
  }

  /** The newest epoch the writer has called saved; the mark itself may be caught half written. */
  private static long told(Path path) throws IOException {
    Path told = Path.of(path + ".told");
    String text = Files.exists(told) ? Files.readString(told, US_ASCII) : "";
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private Process startWriter(Path path, long epoch) throws IOException {
    return LastWill.start(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                path.toString(),
                Long.toString(epoch))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("writer.log").toFile()));
  }
}
