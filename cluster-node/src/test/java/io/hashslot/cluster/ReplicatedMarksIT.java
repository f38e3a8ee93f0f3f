package io.hashslot.cluster;

import static io.hashslot.cluster.Members.follow;
import static io.hashslot.cluster.Members.join;
import static io.hashslot.cluster.Members.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cluster.Members.Member;
import io.hashslot.peer.PeerServer;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas know of slots that are being moved, as with Valkey 8: ours of a valkey-server,
 * valkey-server's of ours, and ours of ours.
 */
class ReplicatedMarksIT {
  private static final String SLOT = "12182";
  private static final String KEY = "foo";

  @TempDir Path folder;

  @Test
  void replicasOfAllKindsKnowOfTheMove() throws Exception {
    try (Members members = new Members(folder)) {
      Member source = members.ours();
      Member target = members.real(PeerServer.Kind.VALKEY);
      Member replica = members.real(PeerServer.Kind.VALKEY);
      Member ourReplica = members.ours();
      Member ourReplicaOfTheirs = members.ours();
      source.call("CLUSTER", "SET-CONFIG-EPOCH", "1");
      target.call("CLUSTER", "SET-CONFIG-EPOCH", "2");
      source.call("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
      target.call("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
      join(source, target, replica, ourReplica, ourReplicaOfTheirs);
      follow(replica, source);
      follow(ourReplica, source);
      follow(ourReplicaOfTheirs, target);
      until("it serves", () -> source.call("SET", KEY, "x").equals("OK"));

      String leaves = "[" + SLOT + "->-" + target.id() + "]";
      String comes = "[" + SLOT + "-<-" + source.id() + "]";
      assertThat(set(source, "MIGRATING", target)).isEqualTo("OK");
      // They have it by now: the source has waited for them.
      assertThat(ourReplica.remembers(leaves)).isTrue();
      assertThat(replica.call("CLUSTER", "NODES")).contains(leaves);
      until("it is on disk", () -> source.remembers(leaves) && replica.remembers(leaves));
      assertThat(set(target, "IMPORTING", source)).isEqualTo("OK");
      assertThat(ourReplicaOfTheirs.remembers(comes)).isTrue();

      readersAreSentOn(ourReplica, target);
      readersAreSentOn(replica, target);
      lateComersLearnOfIt(members, source, target, leaves, comes);
      whoDoesNotConfirmHoldsItUp(source, replica, leaves);

      source.call("DEL", KEY);
      assertThat(set(target, "NODE", target)).isEqualTo("OK");
      assertThat(ourReplicaOfTheirs.call("CLUSTER", "NODES")).doesNotContain("[");
      assertThat(set(source, "NODE", target)).isEqualTo("OK");
      for (Member each : new Member[] {source, target, replica, ourReplica, ourReplicaOfTheirs}) {
        until(each + " has no mark", () -> !each.call("CLUSTER", "NODES").contains("["));
      }
    }
  }

  private static String set(Member on, String change, Member other) throws IOException {
    return on.call("CLUSTER", "SETSLOT", SLOT, change, other.id(), "TIMEOUT", "60000");
  }

  private static void readersAreSentOn(Member replica, Member target) throws IOException {
    try (RespConnection reader = replica.connect()) {
      reader.call("READONLY");
      until("the key is there", () -> reader.call("GET", KEY).asText().equals("x"));
      assertThat(reader.call("GET", "{" + KEY + "}gone").asText())
          .isEqualTo("ASK " + SLOT + " 127.0.0.1:" + target.port());
      assertThat(reader.call("MGET", KEY, "{" + KEY + "}gone").asText()).startsWith("TRYAGAIN");
      reader.call("READWRITE");
      assertThat(reader.call("GET", KEY).asText()).startsWith("MOVED " + SLOT);
    }
  }

  private static void lateComersLearnOfIt(
      Members members, Member source, Member target, String leaves, String comes) throws Exception {
    Member late = members.ours();
    Member lateValkey = members.real(PeerServer.Kind.VALKEY);
    join(source, late, lateValkey);
    follow(late, source);
    until("we learn of it", () -> late.remembers(leaves));
    follow(lateValkey, source);
    // On its disk it is with the next change that valkey-server has to save.
    until("they learn of it", () -> lateValkey.call("CLUSTER", "NODES").contains(leaves));
    follow(late, target);
    until("we learn of it from them", () -> late.remembers(comes));
    assertThat(late.call("CLUSTER", "NODES")).doesNotContain(leaves);
  }

  private static void whoDoesNotConfirmHoldsItUp(Member source, Member replica, String mark)
      throws IOException {
    PeerServer process = Objects.requireNonNull(replica.process());
    process.pause();
    try {
      assertThat(source.call("CLUSTER", "SETSLOT", SLOT, "STABLE", "TIMEOUT", "100"))
          .isEqualTo("NOREPLICAS Not enough good replicas to write.");
      assertThat(source.call("CLUSTER", "NODES")).contains(mark);
    } finally {
      process.resume();
    }
  }
}
