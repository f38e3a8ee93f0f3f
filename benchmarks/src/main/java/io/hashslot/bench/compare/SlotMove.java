package io.hashslot.bench.compare;

import io.hashslot.bench.load.LoadFailure;
import io.hashslot.resp.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A way to move the first slots of a cluster, with all their keys, to the other primary. */
sealed interface SlotMove {

  /** As in tables. */
  String name();

  /**
   * Moves the slots and returns when they have moved.
   *
   * @param from who owns them, 0 or 1; the other one gets them
   * @param slots how many, from slot 0 on
   * @throws LoadFailure if they do not move
   */
  void move(TwoNodes cluster, int from, int slots) throws IOException, InterruptedException;

  /** Whether the other primary has the slots afterwards. */
  default boolean moves() {
    return true;
  }

  /**
   * Nothing moves: what clients feel of the machine alone.
   *
   * @param seconds how long
   */
  record Nothing(int seconds) implements SlotMove {
    @Override
    public String name() {
      return "no move";
    }

    @Override
    public void move(TwoNodes cluster, int from, int slots) throws InterruptedException {
      TimeUnit.SECONDS.sleep(seconds);
    }

    @Override
    public boolean moves() {
      return false;
    }
  }

  /** All at once, by CLUSTER MIGRATESLOTS. */
  record Atomic() implements SlotMove {
    private static final int POLL_MS = 2;

    @Override
    public String name() {
      return "atomic";
    }

    @Override
    public void move(TwoNodes cluster, int from, int slots)
        throws IOException, InterruptedException {
      ServerDialogue source = cluster.dialogue(from);
      source.call(
          "CLUSTER",
          "MIGRATESLOTS",
          "SLOTSRANGE",
          "0",
          Integer.toString(slots - 1),
          "NODE",
          cluster.id(1 - from));
      for (String state; !(state = field(source, "state")).equals("success"); ) {
        if (state.equals("failed") || state.equals("cancelled")) {
          throw new LoadFailure(cluster.name() + ": " + state + ": " + field(source, "message"));
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    }

    /** Returns a field of the newest migration. */
    private static String field(ServerDialogue source, String name) throws IOException {
      List<Reply> newest =
          source.call("CLUSTER", "GETSLOTMIGRATIONS").asItems().getFirst().asItems();
      for (int i = 0; i + 1 < newest.size(); i += 2) {
        if (newest.get(i).asText().equals(name)) {
          return newest.get(i + 1).asText();
        }
      }
      throw new LoadFailure("a migration without " + name);
    }
  }

  /**
   * Slot by slot, by the {@code --cluster reshard} of a command line, which takes the first slots
   * that a node has.
   *
   * @param tool the command line
   * @param pipeline keys in one MIGRATE
   * @param processors for it, as {@code taskset -c} takes them
   * @param log gets its output
   */
  record Reshard(String tool, int pipeline, String processors, Path log) implements SlotMove {

    @Override
    public String name() {
      return "reshard " + pipeline;
    }

    @Override
    public void move(TwoNodes cluster, int from, int slots)
        throws IOException, InterruptedException {
      List<String> words = new ArrayList<>(List.of("taskset", "-c", processors, tool));
      words.addAll(List.of("--cluster", "reshard", cluster.endpoints().get(from).toString()));
      words.addAll(List.of("--cluster-from", cluster.id(from)));
      words.addAll(List.of("--cluster-to", cluster.id(1 - from)));
      words.addAll(List.of("--cluster-slots", Integer.toString(slots)));
      words.addAll(List.of("--cluster-pipeline", Integer.toString(pipeline), "--cluster-yes"));
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(log.toFile())
              .start();
      try {
        int code = process.waitFor();
        if (code != 0) {
          List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
          throw new LoadFailure(
              "%s: %s ended with code %d: %s"
                  .formatted(cluster.name(), tool, code, lines.isEmpty() ? "" : lines.getLast()));
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
