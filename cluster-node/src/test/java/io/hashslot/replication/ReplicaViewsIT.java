package io.hashslot.replication;

import static io.hashslot.replication.Peers.await;
import static io.hashslot.replication.Peers.awaitLink;
import static io.hashslot.replication.Peers.awaitRole;
import static io.hashslot.replication.Peers.call;
import static io.hashslot.replication.Peers.connect;
import static io.hashslot.replication.Peers.field;
import static io.hashslot.replication.Peers.follow;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.net.RawClient;
import io.hashslot.peer.PeerServer;
import io.hashslot.replication.Peers.Ours;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of a replica see of the stream: events of keys, and accesses. */
class ReplicaViewsIT {
  private static final String[] COMMANDS = {
    "SET k v",
    "APPEND k w",
    "SET gone v PX 1",
    "EXPIRE k 1000",
    "PERSIST k",
    "RPUSH list a b c",
    "LPOP list 2",
    "SADD set a b",
    "SPOP set",
    "HSET hash f v",
    "HDEL hash f",
    "ZADD zset 1 a",
    "XADD stream 1-1 f v",
    "XGROUP CREATE stream group 0",
    "RENAME k other",
    "COPY other k",
    "DEL k",
    "UNLINK other",
    "SELECT 1",
    "SET k v",
    "MOVE k 2",
    "MULTI",
    "SET a 1",
    "INCR a",
    "EXEC",
    "SET the end"
  };

  @TempDir Path directory;

  /** Says everything to a primary; what has gone by itself is looked for until it is gone. */
  private static void speak(int primary) throws IOException {
    try (RespConnection client = connect(primary)) {
      for (String command : COMMANDS) {
        var unused = client.call(command.split(" "));
      }
    }
    await("expiry", () -> call(primary, "EXISTS", "gone").equals("0"));
    assertThat(call(primary, "SET", "very", "last")).isEqualTo("OK");
  }

  private static RawClient listen(int replica) throws IOException {
    assertThat(call(replica, "CONFIG", "SET", "notify-keyspace-events", "KEA")).isEqualTo("OK");
    RawClient listener = RawClient.tcp(replica);
    listener.send(RawClient.request("PSUBSCRIBE", "__key*__:*"));
    for (int i = 0; i < 5; i++) {
      listener.line(); // *3, psubscribe and the pattern with their lengths
    }
    assertThat(listener.line()).endsWith("1");
    return listener;
  }

  /** All messages up to the last one, as channel and text. */
  private static List<String> heard(RawClient listener) throws IOException {
    List<String> heard = new ArrayList<>();
    while (true) {
      List<String> words = new ArrayList<>();
      assertThat(listener.line()).isEqualTo("*4");
      for (int i = 0; i < 4; i++) {
        words.add(listener.reply());
      }
      heard.add(words.get(2) + " " + words.get(3));
      if (heard.getLast().equals("__keyevent@0__:set very")) {
        return heard;
      }
    }
  }

  @Test
  void eventsOfKeysAreTheSameAsOnAReplicaOfValkey() throws Exception {
    try (PeerServer primary = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("primary"));
        PeerServer theirs = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("theirs"));
        Ours ours = new Ours(directory.resolve("ours"))) {
      follow(ours.port, primary.port());
      follow(theirs.port(), primary.port());
      awaitRole(ours.port, "connected");
      awaitLink(theirs);
      try (RawClient here = listen(ours.port);
          RawClient there = listen(theirs.port())) {
        speak(primary.port());
        assertThat(heard(here)).isEqualTo(heard(there));
      }
    }
  }

  private static final String[] WRITABLE = {"--replica-read-only", "no"};

  @Test
  void keysThatExpireOnAWritableReplicaAloneAreDeletedThereAndOthersLeftToThePrimary()
      throws Exception {
    try (PeerServer primary = Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("primary"));
        PeerServer theirs =
            Peers.peer(PeerServer.Kind.VALKEY, directory.resolve("theirs"), WRITABLE);
        Ours ours = new Ours(directory.resolve("ours"), WRITABLE)) {
      follow(ours.port, primary.port());
      follow(theirs.port(), primary.port());
      awaitRole(ours.port, "connected");
      awaitLink(theirs);
      // A primary that stands still deletes nothing.
      assertThat(call(primary.port(), "DEBUG", "SET-ACTIVE-EXPIRE", "0")).isEqualTo("OK");
      assertThat(call(primary.port(), "SET", "the primary's", "v", "PX", "1")).isEqualTo("OK");
      for (int port : List.of(ours.port, theirs.port())) {
        await("the stream", () -> call(port, "DBSIZE").equals("1"));
        assertThat(call(port, "SET", "later", "v")).isEqualTo("OK");
        assertThat(call(port, "EXPIRE", "later", "1000")).isEqualTo("1");
        assertThat(field(port, "slave_expires_tracked_keys")).isEqualTo("1");
        assertThat(call(port, "SET", "now", "v", "PX", "1")).isEqualTo("OK");
        await("the deletion", () -> call(port, "DBSIZE").equals("2"));
        assertThat(field(port, "expired_keys")).isEqualTo("1");
        assertThat(call(port, "DEL", "later")).isEqualTo("1");
        await("nothing to see after", () -> field(port, "slave_expires_tracked_keys").equals("0"));
        assertThat(call(port, "DBSIZE")).as("what is the primary's").isEqualTo("1");
      }
    }
  }

  @Test
  void accessesCountUnlessAClientSaysThatItsOwnShallNotInEitherRole() throws Exception {
    try (PeerServer valkey =
            Peers.peer(
                PeerServer.Kind.VALKEY,
                directory.resolve("valkey"),
                "--maxmemory-policy",
                "allkeys-lfu");
        Ours primary = new Ours(directory.resolve("ours"), "--maxmemory-policy", "allkeys-lfu");
        Ours replica =
            new Ours(directory.resolve("replica"), "--maxmemory-policy", "allkeys-lfu")) {
      follow(replica.port, primary.port);
      awaitRole(replica.port, "connected");
      for (int port : List.of(valkey.port(), primary.port, replica.port)) {
        // Each access counts, and none is forgotten.
        assertThat(call(port, "CONFIG", "SET", "lfu-log-factor", "0", "lfu-decay-time", "0"))
            .isEqualTo("OK");
      }
      assertThat(call(valkey.port(), "SET", "k", "v")).isEqualTo("OK");
      assertThat(call(primary.port, "SET", "k", "v")).isEqualTo("OK");
      await("the stream", () -> call(replica.port, "EXISTS", "k").equals("1"));
      List<String> expected = accesses(valkey.port());
      assertThat(expected.getFirst()).as("nothing counts").isEqualTo(expected.get(1));
      assertThat(accesses(primary.port)).isEqualTo(expected);
      assertThat(call(replica.port, "OBJECT", "FREQ", "k"))
          .as("what others read")
          .isNotEqualTo(expected.getLast());
    }
  }

  /** What the count of a key is, after reading it without and with effect on it. */
  private static List<String> accesses(int port) throws IOException {
    List<String> counts = new ArrayList<>();
    try (RespConnection client = connect(port)) {
      counts.add(Peers.text(client.call("OBJECT", "FREQ", "k")));
      for (String noTouch : List.of("ON", "OFF")) {
        assertThat(Peers.text(client.call("CLIENT", "NO-TOUCH", noTouch))).isEqualTo("OK");
        for (int i = 0; i < 10; i++) {
          assertThat(Peers.text(client.call("GET", "k"))).isEqualTo("v");
        }
        counts.add(Peers.text(client.call("OBJECT", "FREQ", "k")));
      }
    }
    return counts;
  }
}
