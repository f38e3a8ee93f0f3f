package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.net.RawClient;
import io.hashslot.net.RunningNode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node at which everything is thrown goes on serving others: it reports no fault of its own,
 * closes what cannot go on, keeps no buffer, no session and no block of memory. How long is {@code
 * -Dhashslot.fuzz.seconds=n}, 3 unless given; {@code -Dhashslot.fuzz.seed=n} repeats what was sent.
 */
class FuzzIT {
  private static final long SEED = Long.getLong("hashslot.fuzz.seed", System.nanoTime());
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("hashslot.fuzz.seconds", 3));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long the last attack may take, on a machine that does a lot beside. */
  private static final Duration WORK = Duration.ofMinutes(4);

  private static final int CLIENTS = 3;

  /** Far more than all strings of the longest allowed length that there are keys for. */
  private static final long MEMORY_BOUND = 512 << 20;

  @TempDir Path folder;

  private final FaultLog faults = new FaultLog();
  private ResourceLeakDetector.Level before;
  private RunningNode node;

  private interface Attack {
    void once(Random random) throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    List<String> words = new ArrayList<>(Pair.SMALL_FORMS);
    words.addAll(List.of("--enable-debug-command", "yes", "--proto-max-bulk-len", "1mb"));
    words.addAll(List.of("--shards", "64", "--io-threads", "3"));
    node = new RunningNode(folder, words.toArray(String[]::new));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    try {
      try (RawClient client = node.connect()) {
        await()
            .atMost(PATIENCE)
            .until(() -> client.run("INFO", "clients").contains("connected_clients:1\r\n"));
      }
    } finally {
      // An arena that checks tells of the blocks that nobody has given back.
      node.close();
      // Buffers that nobody holds are told of when the next ones are made.
      System.gc();
      for (int i = 0; i < 100; i++) {
        ByteBufAllocator.DEFAULT.directBuffer(1 << 12).release();
      }
      ResourceLeakDetector.setLevel(before);
      faults.close();
    }
    assertThat(faults.texts()).as("seed %d", SEED).isEmpty();
  }

  @Test
  void anyBytes() throws Exception {
    underAttack(random -> untilTheEnd(HostileBytes.any(random)));
  }

  @Test
  void damagedRequests() throws Exception {
    underAttack(
        random ->
            untilTheEnd(
                HostileBytes.damaged(encode(new StressStreams(anyType(random), random)), random)));
  }

  @Test
  void damagedPayloads() throws Exception {
    underAttack(this::restoreDamaged);
  }

  private static Streams anyType(Random random) {
    return Streams.TYPES.get(random.nextInt(Streams.TYPES.size()));
  }

  private static String encode(StressStreams streams) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      streams
          .batch()
          .forEach(step -> bytes.append(RawClient.request(step.words().toArray(String[]::new))));
    }
    return bytes.toString();
  }

  /** Whatever was sent, the node comes to an end with it. */
  private void untilTheEnd(String bytes) throws Exception {
    try (RawClient client = node.connect()) {
      client.offer(bytes);
      client.endInput();
      client.readToEnd();
    }
  }

  /** A value of some type, its payload damaged but signed: refused, or fit for every command. */
  private void restoreDamaged(Random random) throws IOException {
    try (Server client = new Server(node.port())) {
      Streams type = anyType(random);
      List<Shape> shapes = type.shapes();
      client.run("SELECT", "" + random.nextInt(3));
      client.run("FLUSHDB");
      for (int i = 0; i < 60; i++) {
        client.run(List.of(shapes.get(random.nextInt(shapes.size())).step(random)));
      }
      for (RawReply key : client.run("KEYS", "*").items()) {
        String payload = client.run("DUMP", key.body()).body();
        for (int round = 0; round < 20 && payload.length() > HostileBytes.FOOTER; round++) {
          String bad = HostileBytes.signed(payload, random);
          if (client.run("RESTORE", "a", "0", bad, "REPLACE").head().equals("+OK")) {
            use(client, shapes, random);
          }
        }
      }
    }
  }

  private static void use(Server client, List<Shape> shapes, Random random) throws IOException {
    DataSet.value(client, "a");
    client.run("DEBUG", "DIGEST");
    client.run("DEBUG", "DIGEST-VALUE", "a");
    client.run("COPY", "a", "b", "REPLACE");
    List<Step> steps = new ArrayList<>();
    for (Shape shape : shapes) {
      steps.add(shape.step(random));
    }
    client.run(steps);
    client.run("DUMP", "a");
    client.run("DEBUG", "DIGEST");
  }

  private void underAttack(Attack attack) throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random seeds = new Random(SEED + i);
        tasks.add(
            () -> {
              while (System.nanoTime() < end) {
                once(attack, seeds.nextLong());
              }
              return null;
            });
      }
      tasks.add(() -> beServedUntil(end));
      for (Future<Void> each :
          threads.invokeAll(tasks, TIME.plus(WORK).toSeconds(), TimeUnit.SECONDS)) {
        assertThat(each.isCancelled()).as("somebody still waits, seed %d", SEED).isFalse();
        each.get();
      }
    }
  }

  private static void once(Attack attack, long seed) {
    try {
      attack.once(new Random(seed));
    } catch (Exception problem) {
      throw new AssertionError("seed " + SEED + ", attack " + seed, problem);
    }
  }

  /** Somebody else, who is served all along. */
  private Void beServedUntil(long end) throws Exception {
    try (RawClient client = node.connect()) {
      for (int i = 0; System.nanoTime() < end; i++) {
        assertThat(client.run("SET", "well", "behaved")).isEqualTo("+OK");
        assertThat(client.run("ECHO", "" + i)).isEqualTo("" + i);
        assertThat(node.node().keyspace().residentBytes()).isLessThan(MEMORY_BOUND);
      }
    }
    return null;
  }
}
