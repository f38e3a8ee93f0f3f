package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.LastWill;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One server in a process and a folder of its own, on a port that stays the same over restarts. All
 * waits are bounded.
 */
final class ServerProcess {
  /** Generous, for machines that do other things too. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A little more than an attempt of CLUSTER FAILOVER may take. */
  private static final Duration FAILOVER_WINDOW = Duration.ofSeconds(12);

  private final Program program;
  private final Place place;
  private final Reach reach;
  private final Endpoint endpoint;
  private final Path folder;
  private final List<String> options;
  private @Nullable Process process;
  private boolean paused;

  ServerProcess(
      Program program, Place place, Reach reach, int port, Path folder, List<String> options) {
    this.program = program;
    this.place = place;
    this.reach = reach;
    this.endpoint = new Endpoint(place.host(), port);
    this.folder = folder;
    this.options = options;
  }

  Program program() {
    return program;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  int port() {
    return endpoint.port();
  }

  Place place() {
    return place;
  }

  Path folder() {
    return folder;
  }

  Reach reach() {
    return reach;
  }

  /** What clients are told is its host. */
  String toldHost() {
    return reach.names() ? "localhost" : place.host();
  }

  /** How clients connect to it, with bounded waits. */
  ConnectOptions connectOptions() {
    return reach.ofClient();
  }

  /** Starts the process; {@link #awaitAnswer} waits until it serves. */
  void launch() {
    assertThat(isRunning()).as("%s runs", this).isFalse();
    List<String> words = new ArrayList<>(place.entry());
    words.addAll(program.command());
    words.addAll(reach.options(place.host(), port()));
    words.addAll(List.of("--dir", folder.toString()));
    words.addAll(List.of("--cluster-enabled", "yes", "--save", "", "--protected-mode", "no"));
    words.addAll(options);
    try {
      Files.createDirectories(folder);
      process =
          LastWill.start(
              new ProcessBuilder(words)
                  .directory(folder.toFile())
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())));
      paused = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it answers PING. */
  void awaitAnswer() {
    Awaitility.await(this + " answers")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class)
        .failFast(this + " has ended", () -> !isRunning())
        .until(() -> tryCall("PING").asText().equals("PONG"));
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Ends it without a word: kill -9. */
  void kill() {
    Process victim = process;
    if (victim == null) return;
    victim.destroyForcibly();
    awaitEnd(victim);
  }

  /** Asks it to end, as SIGTERM does, and waits until it has. */
  void stop() {
    Process running = Objects.requireNonNull(process);
    running.destroy();
    awaitEnd(running);
  }

  private void awaitEnd(Process ending) {
    try {
      assertThat(ending.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("%s ends", this)
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Stops all its threads at once, as if the machine hung. */
  void pause() {
    signal("STOP");
    paused = true;
  }

  /** Lets it go on after {@link #pause}. */
  void resume() {
    signal("CONT");
    paused = false;
  }

  private void signal(String name) {
    try {
      long pid = Objects.requireNonNull(process).pid();
      Process kill = new ProcessBuilder("kill", "-" + name, "" + pid).start();
      assertThat(kill.waitFor()).as("kill -%s %s", name, this).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A connection of one's own, with bounded waits. */
  RespConnection connect() throws IOException {
    return RespConnection.open(endpoint, connectOptions());
  }

  /** Asks over a new connection; the reply may be an error. */
  Reply tryCall(String... words) throws IOException {
    try (var connection = connect()) {
      return connection.call(words);
    }
  }

  /** Asks over a new connection and wants no error; gives the reply as text. */
  String call(String... words) {
    try {
      Reply reply = tryCall(words);
      assertThat(reply.isFailure())
          .as("%s answers %s to %s", this, reply.asText(), List.of(words))
          .isFalse();
      return reply.asText();
    } catch (IOException e) {
      throw new UncheckedIOException(this + " to " + List.of(words), e);
    }
  }

  /**
   * Says what becomes of a slot: IMPORTING, MIGRATING or NODE. Replicas have to confirm it, where
   * they are not of Redis, and may be slow.
   */
  void setSlot(String slot, String change, ServerProcess other) {
    List<String> words = new ArrayList<>(List.of("CLUSTER", "SETSLOT", slot, change, other.id()));
    if (program != Program.REDIS) words.addAll(List.of("TIMEOUT", "60000"));
    call(words.toArray(String[]::new));
  }

  /** A field of INFO, CLUSTER INFO or another reply of lines "name:value"; empty if missing. */
  static String field(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** Its own id in the cluster. */
  String id() {
    return call("CLUSTER", "MYID");
  }

  /** Whether it takes itself for a primary. */
  boolean isPrimary() {
    return field(call("INFO", "replication"), "role").equals("master");
  }

  /**
   * Has it, a replica, take over from its primary, which helps. An attempt that runs out of time,
   * or is refused since the two have lost each other for a moment, as may be on a busy machine, has
   * changed nothing: so there may be more than one.
   */
  void takeOver() {
    String answer = "";
    for (int attempt = 0; attempt < 5 && !isPrimary(); attempt++) {
      try {
        answer = tryCall("CLUSTER", "FAILOVER").asText();
        Awaitility.await()
            .atMost(FAILOVER_WINDOW)
            .pollInterval(Duration.ofMillis(20))
            .ignoreExceptionsInstanceOf(UncheckedIOException.class)
            .until(this::isPrimary);
      } catch (ConditionTimeoutException _) {
        // Once more, then.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    assertThat(isPrimary())
        .as("%s took over; what it last said to CLUSTER FAILOVER is %s", this, answer)
        .isTrue();
  }

  /** What it printed and logged. */
  Path log() {
    return folder.resolve("server.log");
  }

  /** What a reader of a failed test wants to know of it. */
  String evidence() {
    var story = new StringBuilder("==== " + this + (isRunning() ? "" : ", not running") + "\n");
    if (isRunning() && !paused) {
      try {
        story.append(tryCall("CLUSTER", "NODES").asText());
        story.append(tryCall("CLUSTER", "INFO").asText().lines().findFirst().orElse(""));
        story.append('\n').append(tryCall("INFO", "replication").asText());
      } catch (IOException e) {
        story.append("does not answer: ").append(e).append('\n');
      }
    }
    try {
      List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
      lines
          .subList(Math.max(0, lines.size() - 40), lines.size())
          .forEach(line -> story.append("  ").append(line).append('\n'));
    } catch (IOException e) {
      story.append(e).append('\n');
    }
    return story.toString();
  }

  @Override
  public String toString() {
    return program.name().toLowerCase(Locale.ROOT) + "@" + port();
  }
}
