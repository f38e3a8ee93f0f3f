package io.hashslot.bench.compare;

import io.hashslot.bench.compare.ServerSettings.Workplace;
import io.hashslot.bench.footprint.JavaHeap;
import io.hashslot.bench.footprint.ResidentMemory;
import io.hashslot.bench.load.LoadPlan;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What does a key cost in resident memory, what does an idle server take, and does a JVM's heap
 * stay as it is?
 */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Resident memory of an idle server and per key.")
final class MemoryComparison implements Callable<Integer> {

  private static final int SETTLE_SECONDS = 3;
  private static final double MIB = 1 << 20;

  /**
   * One server's memory, in bytes.
   *
   * @param idleBytes resident some seconds after the start
   * @param loadedBytes resident with all keys in it
   * @param growthPerKey {@code (loadedBytes - idleBytes) / keys}
   * @param totalPerKey {@code loadedBytes / keys}
   * @param marginalPerKey what each key of the second half added: the growth without what a server
   *     takes once, such as the compiled code of a JVM. From another process with half the keys
   * @param heapIdleBytes committed heap of a JVM some seconds after the start; 0 for others
   * @param heapLoadedBytes committed heap of a JVM with all keys in it; 0 for others
   */
  record Footprint(
      String server,
      long idleBytes,
      long loadedBytes,
      double growthPerKey,
      double totalPerKey,
      double marginalPerKey,
      long heapIdleBytes,
      long heapLoadedBytes) {
    /** The same, compared with a process that holds so many keys less. */
    Footprint since(Footprint less, long keys) {
      return new Footprint(
          server,
          idleBytes,
          loadedBytes,
          growthPerKey,
          totalPerKey,
          (double) (loadedBytes - less.loadedBytes) / keys,
          heapIdleBytes,
          heapLoadedBytes);
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerSettings serverSettings = new ServerSettings();
  @Mixin private LoadSettings loadSettings = new LoadSettings();

  @Option(names = "--keys", defaultValue = "5000000", description = "default: ${DEFAULT-VALUE}")
  private long keys;

  @Option(
      names = "--content",
      defaultValue = "set",
      description =
          "what the server is filled with: set for strings, hset for hashes of ten fields, hset-one"
              + " for one large hash, sadd and sadd-int for sets of a thousand texts or numbers,"
              + " rpush for lists of a thousand, zadd for sorted sets of 128 members, zadd-one for"
              + " one large sorted set; --keys are fields, members or elements then; default:"
              + " ${DEFAULT-VALUE}")
  private String content = "set";

  private final Clock clock = Clock.system();

  @Override
  public Integer call() throws Exception {
    Results results =
        new Results("memory", serverSettings.specs(), clock, spec.commandLine().getOut());
    List<Footprint> footprints = new ArrayList<>();
    try (Workplace workplace = serverSettings.workplace()) {
      for (ServerSpec server : serverSettings.specs()) {
        results.progress(server.name() + ": " + keys + " keys");
        Footprint half = measure(server, workplace.path(), keys / 2);
        footprints.add(measure(server, workplace.path(), keys).since(half, keys - keys / 2));
      }
    }
    results.write(
        table(footprints), Map.of("content", content, "keys", keys, "footprints", footprints));
    return 0;
  }

  private Footprint measure(ServerSpec server, Path base, long count)
      throws IOException, InterruptedException {
    loadSettings.keys = count;
    try (RunningServer running = serverSettings.start(server, base, Map.of(), clock)) {
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      // Asking for the heap makes a JVM load classes: first what is resident, then the heap.
      long idle = ResidentMemory.ofTree(running.pid());
      long heapIdle = committedHeap(running);
      running.load(loadSettings, LoadPlan.preloadFor(content), 16, 0, 1);
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      long loaded = ResidentMemory.ofTree(running.pid());
      long heapLoaded = committedHeap(running);
      return new Footprint(
          server.name(),
          idle,
          loaded,
          (double) (loaded - idle) / count,
          (double) loaded / count,
          0,
          heapIdle,
          heapLoaded);
    }
  }

  private static long committedHeap(RunningServer server) throws IOException, InterruptedException {
    Optional<JavaHeap> heap = JavaHeap.ofTree(server.pid());
    return heap.map(JavaHeap::committedBytes).orElse(0L);
  }

  private String table(List<Footprint> footprints) {
    MarkdownTable table =
        new MarkdownTable(
            "server",
            "idle RSS MiB",
            "loaded RSS MiB",
            "growth B/key",
            "RSS B/key",
            "second half B/key",
            "JVM heap MiB idle",
            "JVM heap MiB loaded");
    for (Footprint footprint : footprints) {
      table.add(
          footprint.server,
          Results.number(footprint.idleBytes / MIB, 1),
          Results.number(footprint.loadedBytes / MIB, 1),
          Results.number(footprint.growthPerKey, 1),
          Results.number(footprint.totalPerKey, 1),
          Results.number(footprint.marginalPerKey, 1),
          footprint.heapIdleBytes == 0 ? "-" : Results.number(footprint.heapIdleBytes / MIB, 1),
          footprint.heapLoadedBytes == 0
              ? "-"
              : Results.number(footprint.heapLoadedBytes / MIB, 1));
    }
    return "%d keys, fields or members of 16 bytes (%s), values of %d bytes.\n\n%s"
        .formatted(keys, content, loadSettings.valueSize, table);
  }
}
