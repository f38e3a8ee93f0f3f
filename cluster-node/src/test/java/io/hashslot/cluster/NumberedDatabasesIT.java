package io.hashslot.cluster;

import static io.hashslot.cluster.Members.follow;
import static io.hashslot.cluster.Members.join;
import static io.hashslot.cluster.Members.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.cluster.Members.Member;
import io.hashslot.resp.client.RespConnection;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with several databases: {@code cluster-databases}, as in Valkey 9. */
class NumberedDatabasesIT {
  private static final String SLOT = "12182";

  @TempDir Path folder;

  @Test
  void eachDatabaseIsMovedReplicatedAndDeletedWithItsSlot() throws Exception {
    String[] three = {"--cluster-databases", "3", "--appendonly", "yes"};
    try (Members members = new Members(folder)) {
      Member source = members.ours(three);
      Member target = members.ours(three);
      Member replica = members.ours(three);
      source.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      until("it serves", () -> source.call("SET", "foo", "0").equals("OK"));
      try (RespConnection there = source.connect()) {
        there.call("SELECT", "1");
        there.call("SET", "foo", "1");
        there.call("SET", "{foo}more", "1");
        there.call("SELECT", "2");
        there.call("RPUSH", "foo", "2");
        assertThat(there.call("SELECT", "3").asText()).isEqualTo("ERR DB index is out of range");
      }
      join(source, target, replica);
      until("the target serves", () -> target.call("CLUSTER", "INFO").contains("_state:ok"));
      follow(replica, source);
      until("the replica has it", () -> digest(replica).equals(digest(source)));
      in(source, 2, "SET", "bar", "2");
      until("the replica has it, too", () -> digest(replica).equals(digest(source)));

      countsAreThoseOfTheSelectedDatabase(source);
      move(source, target);
      assertThat(in(target, 0, "GET", "foo")).isEqualTo("0");
      assertThat(in(target, 1, "MGET", "foo", "{foo}more")).isEqualTo("1 1");
      assertThat(in(target, 2, "LRANGE", "foo", "0", "-1")).isEqualTo("2");
      assertThat(in(source, 2, "GET", "foo")).startsWith("MOVED " + SLOT);
      assertThat(in(source, 2, "GET", "bar")).isEqualTo("2");
      assertThat(source.call("DEBUG", "RELOAD")).isEqualTo("OK");
      assertThat(in(source, 2, "GET", "bar")).isEqualTo("2");
      until("the replica has let it go", () -> digest(replica).equals(digest(source)));
    }
  }

  private static String in(Member member, int database, String... words) throws IOException {
    try (RespConnection connection = member.connect()) {
      assertThat(connection.call("SELECT", "" + database).asText()).isEqualTo("OK");
      return Members.text(connection.call(words));
    }
  }

  private static String digest(Member member) throws IOException {
    return member.call("DEBUG", "DIGEST");
  }

  private static void countsAreThoseOfTheSelectedDatabase(Member source) throws IOException {
    assertThat(in(source, 0, "CLUSTER", "COUNTKEYSINSLOT", SLOT)).isEqualTo("1");
    assertThat(in(source, 1, "CLUSTER", "COUNTKEYSINSLOT", SLOT)).isEqualTo("2");
    assertThat(in(source, 2, "CLUSTER", "GETKEYSINSLOT", SLOT, "10")).isEqualTo("foo");
    assertThat(in(source, 0, "CLUSTER", "SLOT-STATS", "SLOTSRANGE", SLOT, SLOT))
        .isEqualTo(SLOT + " key-count 4");
  }

  /** As a tool does it: once for each database. */
  private static void move(Member source, Member target) throws IOException {
    target.call("CLUSTER", "SETSLOT", SLOT, "IMPORTING", source.id(), "TIMEOUT", "60000");
    source.call("CLUSTER", "SETSLOT", SLOT, "MIGRATING", target.id(), "TIMEOUT", "60000");
    String port = "" + target.port();
    for (int i = 0; i < 3; i++) {
      assertThat(source.call("CLUSTER", "SETSLOT", SLOT, "NODE", target.id()))
          .startsWith("ERR Can't assign hashslot");
      assertThat(in(source, i, "MOVE", "foo", "" + (i + 1) % 3)).startsWith("TRYAGAIN");
      assertThat(in(source, i, "COPY", "foo", "{foo}2", "DB", "" + (i + 1) % 3))
          .startsWith("TRYAGAIN");
      String moved =
          in(
              source,
              i,
              "MIGRATE",
              "127.0.0.1",
              port,
              "",
              "" + i,
              "60000",
              "KEYS",
              "foo",
              "{foo}more");
      assertThat(moved).isEqualTo("OK");
    }
    for (Member each : new Member[] {target, source}) {
      assertThat(each.call("CLUSTER", "SETSLOT", SLOT, "NODE", target.id(), "TIMEOUT", "60000"))
          .isEqualTo("OK");
    }
    until("all know the owner", () -> in(source, 0, "GET", "foo").startsWith("MOVED"));
  }
}
