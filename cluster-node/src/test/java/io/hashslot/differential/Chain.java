package io.hashslot.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Servers of several kinds of which each follows the one before it, and what can happen to them.
 * After each misfortune the chain waits until all links stand again, and looks how they came to:
 * where the backlog reaches far enough nobody may have asked for everything.
 */
final class Chain implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Bound of all that clients do, on a machine that does a lot beside. */
  private static final Duration WORK = Duration.ofMinutes(4);

  private static final Duration POLL = Duration.ofMillis(10);
  private static final int CLIENTS = 3;
  private static final String SMALL_BACKLOG = "16384";
  private static final String LARGE_BACKLOG = "67108864";

  private final List<Member> members = new ArrayList<>();
  private final Random random;
  private final String label;

  /** Starts the servers and has each follow the one before it. */
  Chain(Path folder, List<Member.Kind> kinds, long seed) throws Exception {
    random = new Random(seed);
    label = kinds + " seed " + seed;
    for (Member.Kind kind : kinds) {
      members.add(new Member(kind, folder.resolve(members.size() + "-" + kind)));
    }
    for (int i = 1; i < members.size(); i++) {
      members.get(i).follow(members.get(i - 1));
      awaitLinks();
    }
  }

  /** What can happen while clients write. */
  interface Misfortune {
    void happen() throws Exception;
  }

  /** Clients do anything at all to values of some type; afterwards all have the same. */
  void write(int batches, Misfortune meanwhile) throws Exception {
    Streams type = Streams.TYPES.get(random.nextInt(Streams.TYPES.size()));
    int port = members.getFirst().port();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        StressStreams streams = new StressStreams(type, new Random(random.nextLong()));
        clients.add(threads.submit(() -> work(port, streams, batches)));
      }
      meanwhile.happen();
      for (Future<?> client : clients) {
        client.get(WORK.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    same();
  }

  private static @Nullable Void work(int port, StressStreams streams, int batches)
      throws IOException {
    try (Server client = new Server(port)) {
      for (int i = 0; i < batches; i++) {
        client.run(streams.batch().stream().filter(Chain::isRepeated).toList());
      }
    }
    return null;
  }

  /**
   * Redis 7.0.15 changes a damaged HyperLogLog half before it refuses a PFADD, and does not tell
   * its replicas of that half.
   */
  private static boolean isRepeated(Step step) {
    return step.words().stream().noneMatch(word -> word.startsWith("HYLL"));
  }

  /** Cuts the link below a member, that of the first or the second. */
  void cut() throws Exception {
    int index = random.nextInt(members.size() - 1);
    Member upper = members.get(index);
    long full = total("sync_full");
    long partial = upper.count("stats", "sync_partial_ok");
    upper.relay().cut();
    await("partial", () -> upper.count("stats", "sync_partial_ok") > partial);
    awaitLinks();
    assertThat(total("sync_full")).as("%s, cut below %s", label, upper).isEqualTo(full);
  }

  /** Stops a member and starts it again with what it saved: nobody needs everything. */
  void restart(int index) throws Exception {
    settle();
    Map<Member, Long> full = counts("sync_full");
    Member member = members.get(index);
    Member upper = index == 0 ? null : members.get(index - 1);
    member.stop();
    member.restart(upper);
    full.put(member, 0L);
    awaitLinks();
    assertThat(counts("sync_full")).as("%s, restart of %s", label, member).isEqualTo(full);
    expire(true);
  }

  /** The second becomes the first; the first follows the last. */
  void promote() throws Exception {
    settle();
    Map<Member, Long> full = counts("sync_full");
    Member old = members.removeFirst();
    Member next = members.getFirst();
    next.client().run("REPLICAOF", "NO", "ONE");
    members.add(old);
    awaitLinks();
    old.follow(members.get(members.size() - 2));
    awaitLinks();
    assertThat(counts("sync_full")).as("%s, promotion of %s", label, next).isEqualTo(full);
    expire(true);
  }

  /** Cuts the first link until the backlog has been overrun: everything has to be sent. */
  void overrun() throws Exception {
    Member first = members.getFirst();
    same();
    long full = first.count("stats", "sync_full");
    first.client().run("CONFIG", "SET", "repl-backlog-size", SMALL_BACKLOG);
    first.relay().shut(true);
    first.relay().cut();
    // For a replica that it still counts a server keeps more than the backlog.
    await("no replica", () -> first.count("replication", "connected_slaves") == 0);
    for (int i = 0; i < 40; i++) {
      first.client().run("SET", "overrun", "x".repeat(50_000));
    }
    first.client().run("CONFIG", "SET", "repl-backlog-size", LARGE_BACKLOG);
    first.relay().shut(false);
    await("full", () -> first.count("stats", "sync_full") > full);
    awaitLinks();
    same();
  }

  /** Whether what the second would get if it asked for everything is something it can read. */
  boolean fullPossible() {
    for (int i = 1; i < members.size(); i++) {
      if (members.get(i - 1).kind() == Member.Kind.VALKEY
          && members.get(i).kind() == Member.Kind.REDIS) {
        return false;
      }
    }
    return true;
  }

  /** Waits until all have the same data, or tells what differs. */
  void same() throws IOException {
    Server first = members.getFirst().client();
    for (Member member : members.subList(1, members.size())) {
      try {
        Awaitility.await()
            .atMost(PATIENCE)
            .pollInterval(POLL)
            .until(() -> ReplicatedData.of(member.client()).equals(ReplicatedData.of(first)));
      } catch (ConditionTimeoutException e) {
        assertThat(ReplicatedData.of(member.client()))
            .as("%s, at %s; %s", label, member, member.log())
            .isEqualTo(ReplicatedData.of(first));
      }
    }
  }

  /** Waits until all are at the same offset, where they stay, for no time comes any more. */
  private void settle() throws IOException {
    same();
    expire(false);
    await(
        "equal offsets",
        () -> {
          long offset = members.getFirst().count("replication", "master_repl_offset");
          for (Member member : members) {
            if (member.count("replication", "master_repl_offset") != offset) {
              return false;
            }
          }
          return true;
        });
  }

  private void expire(boolean yes) throws IOException {
    for (Member member : members) {
      member.client().run("DEBUG", "SET-ACTIVE-EXPIRE", yes ? "1" : "0");
    }
  }

  private Map<Member, Long> counts(String field) throws IOException {
    Map<Member, Long> counts = new HashMap<>();
    for (Member member : members) {
      counts.put(member, member.count("stats", field));
    }
    return counts;
  }

  private long total(String field) throws IOException {
    return counts(field).values().stream().mapToLong(Long::longValue).sum();
  }

  private void awaitLinks() {
    await(
        "links",
        () -> {
          for (Member member : members) {
            boolean replica = member.info("replication", "role").equals("slave");
            if (replica && !member.linkUp()) {
              return false;
            }
          }
          return true;
        });
  }

  private void await(String what, Callable<Boolean> condition) {
    Awaitility.await(label + ": " + what).atMost(PATIENCE).pollInterval(POLL).until(condition);
  }

  @Override
  public void close() throws IOException {
    for (Member member : members) {
      member.close();
    }
  }
}
