package io.hashslot.replication;

import static io.hashslot.replication.Peers.await;
import static io.hashslot.replication.Peers.awaitRole;
import static io.hashslot.replication.Peers.call;
import static io.hashslot.replication.Peers.connect;
import static io.hashslot.replication.Peers.field;
import static io.hashslot.replication.Peers.follow;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.Command;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The append-only file of a replica that takes writes of its own ({@code replica-read-only no}):
 * they stand in it between the primary's commands, as they were executed.
 */
class WritableReplicaIT {
  private static final List<String> WRITABLE =
      List.of("--appendonly", "yes", "--replica-read-only", "no");

  @TempDir Path directory;

  @Test
  void theFileHasWhatThatOfARealServerHas() throws Exception {
    List<String> theirs;
    try (PeerServer primary = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("p1"));
        PeerServer replica =
            Peers.peer(
                PeerServer.Kind.VALKEY,
                directory.resolve("theirs"),
                WRITABLE.toArray(String[]::new))) {
      theirs = commandsOf(primary.port(), replica.port(), directory.resolve("theirs"));
    }
    try (PeerServer primary = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("p2"));
        Ours replica = new Ours(directory.resolve("ours"), WRITABLE.toArray(String[]::new))) {
      assertThat(commandsOf(primary.port(), replica.port, directory.resolve("ours")))
          .isEqualTo(theirs);
    }
  }

  /** Writes to both; returns what the replica's file has, each command with its database. */
  private static List<String> commandsOf(int primary, int replica, Path folder) throws Exception {
    follow(replica, primary);
    awaitProtected(replica);
    try (RespConnection there = connect(primary);
        RespConnection here = connect(replica);
        RespConnection blocked = connect(replica)) {
      on(there, primary, replica, "SET", "a", "1");
      here.call("SET", "b", "2");
      here.call("INCR", "a");
      on(there, primary, replica, "INCR", "a");
      here.call("SELECT", "4");
      here.call("SET", "c", "3");
      here.call("SELECT", "0");
      on(there, primary, replica, "SET", "d", "4");
      here.call("INCR", "d");
      there.call("SELECT", "3");
      on(there, primary, replica, "SET", "e", "5");
      here.call("INCR", "d");
      on(there, primary, replica, "SET", "f", "6");
      here.call("SET", "x", "1", "PXAT", "9999999999999");
      here.call("SADD", "s", "m");
      here.call("SPOP", "s");
      here.call("PUBLISH", "channel", "message");
      here.call("MULTI");
      here.call("SET", "m", "1");
      here.call("SELECT", "5");
      here.call("SET", "n", "2");
      here.call("EXEC");
      there.call("SELECT", "0");
      blocked.send(Command.of("BLPOP", "list", "0"));
      blocked.flush();
      await("a client that waits", () -> field(replica, "blocked_clients").equals("1"));
      on(there, primary, replica, "RPUSH", "list", "v1", "v2");
      assertThat(Peers.text(blocked.receive())).isEqualTo("list\nv1");
      assertThat(call(replica, "LRANGE", "list", "0", "-1")).isEqualTo("v2");
      here.call("SET", "y", "1", "PX", "1");
      await("expiry", () -> commands(folder).contains("5: UNLINK y"));
      on(there, primary, replica, "SET", "last", "1");
      await("the file", () -> commands(folder).contains("0: SET last 1"));
      List<String> commands = new ArrayList<>(commands(folder));
      commands.replaceAll(command -> command.startsWith("5: SET y 1 PXAT") ? "5: SET y" : command);
      return commands;
    }
  }

  /** Once the replica has executed it. */
  private static void on(RespConnection primary, int port, int replica, String... words)
      throws IOException {
    primary.call(words);
    await(
        "the stream",
        () -> field(port, "master_repl_offset").equals(field(replica, "slave_repl_offset")));
  }

  @Test
  void aReplyLeavesWhenTheWriteIsOnDiskIfThatIsThePolicy() throws Exception {
    Path folder = directory.resolve("ours");
    List<String> options = new ArrayList<>(WRITABLE);
    options.addAll(List.of("--appendfsync", "always"));
    try (Ours primary = new Ours(directory.resolve("primary"));
        Ours replica = new Ours(folder, options.toArray(String[]::new))) {
      follow(replica.port, primary.port);
      awaitProtected(replica.port);
      try (RespConnection client = connect(replica.port)) {
        for (int i = 0; i < 20; i++) {
          if (i % 3 == 0) {
            call(primary.port, "SET", "theirs", "" + i);
          }
          assertThat(Peers.text(client.call("SET", "mine", "" + i))).isEqualTo("OK");
          assertThat(commands(folder)).contains("0: SET mine " + i);
        }
        // A primary's positions go on from where they were, and nobody waits for ever.
        assertThat(call(replica.port, "REPLICAOF", "NO", "ONE")).isEqualTo("OK");
        assertThat(Peers.text(client.call("SET", "mine", "led"))).isEqualTo("OK");
        assertThat(commands(folder)).contains("0: SET mine led");
        assertThat(Peers.text(client.call("WAITAOF", "1", "0", "0"))).isEqualTo("1\n0");
      }
    }
  }

  /** APPEND tells the order, INCR what was executed twice. */
  @Test
  void rewritesWhileBothWriteLoseNothingAndRepeatNothing() throws Exception {
    Path folder = directory.resolve("ours");
    String appended;
    String counted;
    try (Ours primary = new Ours(directory.resolve("primary"));
        Ours replica = new Ours(folder, WRITABLE.toArray(String[]::new));
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      follow(replica.port, primary.port);
      awaitProtected(replica.port);
      AtomicBoolean enough = new AtomicBoolean();
      List<? extends Future<?>> writers =
          Stream.of(primary.port, replica.port, replica.port)
              .map(port -> threads.submit(() -> write(port, enough)))
              .toList();
      try {
        await("both write", () -> isOfBoth(call(replica.port, "GET", "text")));
        for (int rewrite = 1; rewrite <= 4; rewrite++) {
          String before = field(replica.port, "aof_rewrites");
          call(replica.port, "BGREWRITEAOF");
          await("a rewrite", () -> !field(replica.port, "aof_rewrites").equals(before));
          await("its end", () -> field(replica.port, "aof_rewrite_in_progress").equals("0"));
          assertThat(field(replica.port, "aof_last_bgrewrite_status")).isEqualTo("ok");
        }
      } finally {
        enough.set(true);
      }
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
      await(
          "the stream",
          () ->
              field(primary.port, "master_repl_offset")
                  .equals(field(replica.port, "slave_repl_offset")));
      appended = call(replica.port, "GET", "text");
      counted = call(replica.port, "GET", "count");
    }
    assertThat(isOfBoth(appended)).isTrue();
    assertThat(appended).hasSize(Integer.parseInt(counted));
    try (Ours again = new Ours(folder, "--appendonly", "yes")) {
      assertThat(call(again.port, "GET", "count")).isEqualTo(counted);
      assertThat(call(again.port, "GET", "text")).isEqualTo(appended);
    }
  }

  private static boolean isOfBoth(String text) {
    return text.contains("p") && text.contains("r");
  }

  private static void write(int port, AtomicBoolean enough) {
    try (RespConnection client = connect(port)) {
      String letter =
          client.call("ROLE") instanceof Reply.Array role && Peers.text(role).startsWith("master")
              ? "p"
              : "r";
      List<Command> batch = new ArrayList<>();
      for (Command command :
          List.of(Command.of("APPEND", "text", letter), Command.of("INCR", "count"))) {
        batch.addAll(Collections.nCopies(10, command));
      }
      while (!enough.get()) {
        for (Reply reply : client.pipeline(batch)) {
          assertThat(reply).isInstanceOf(Reply.Int.class);
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The replica is in step, and its file has begun anew behind the primary's data. */
  private static void awaitProtected(int replica) {
    awaitRole(replica, "connected");
    await(
        "the first rewrite",
        () -> {
          String told = call(replica, "INFO", "persistence");
          return told.contains("aof_rewrite_in_progress:0")
              && told.contains("aof_rewrite_scheduled:0")
              && !told.contains("aof_pending_rewrite:1");
        });
  }

  /** The commands of the increments, each behind its database, without SELECT. */
  private static List<String> commands(Path folder) throws IOException {
    List<String> commands = new ArrayList<>();
    String db = "?";
    for (List<String> words : words(folder)) {
      if (words.getFirst().equals("SELECT")) {
        db = words.get(1);
      } else {
        commands.add(db + ": " + String.join(" ", words));
      }
    }
    return commands;
  }

  private static List<List<String>> words(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("appendonlydir"))) {
      files = all.filter(file -> file.toString().endsWith(".incr.aof")).sorted().toList();
    }
    List<List<String>> commands = new ArrayList<>();
    for (Path file : files) {
      String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\r\n", -1);
      int at = 0;
      while (at < lines.length && lines[at].startsWith("*")) {
        int count = Integer.parseInt(lines[at].substring(1));
        if (at + 2 * count >= lines.length) {
          break; // not there yet as a whole
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          words.add(lines[at + 2 + 2 * i]);
        }
        commands.add(words);
        at += 1 + 2 * count;
      }
    }
    return commands;
  }
}
