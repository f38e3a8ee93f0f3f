package io.hashslot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private final Config config = Config.defaults();

  @Test
  void startsWithDefaults() {
    assertThat(config.get(NetworkDirectives.PORT)).isEqualTo(6379);
    assertThat(config.get(ClusterDirectives.CLUSTER_ENABLED)).isFalse();
    assertThat(config.get(ProcessDirectives.LOGLEVEL)).isEqualTo(Choices.LogLevel.NOTICE);
    assertThat(config.get(PersistenceDirectives.SAVE))
        .containsExactly(
            new SavePoint(3600, 1), new SavePoint(300, 100), new SavePoint(60, 10_000));
  }

  @Test
  void namesDirectivesThatAreSetButNotYetRead() throws Exception {
    assertThat(Config.defaults().unread()).isEmpty();
    Config config = Config.of("--acllog-max-len", "7002", "--port", "7001");
    assertThat(config.unread()).extracting(Directive::name).containsExactly("acllog-max-len");
    config.set("acllog-max-len", "128");
    assertThat(config.unread()).isEmpty();
  }

  @Test
  void setsSeveralDirectivesAtOnce() throws Exception {
    config.set("timeout", "5", "MaxMemory", "100mb", "slave-priority", "7");
    assertThat(config.get(ClientDirectives.TIMEOUT)).isEqualTo(5);
    assertThat(config.get(MemoryDirectives.MAXMEMORY)).isEqualTo(100L << 20);
    assertThat(config.get(ReplicationDirectives.REPLICA_PRIORITY)).isEqualTo(7);
  }

  @Test
  void setsNothingWhenOneValueIsWrong() {
    assertThatThrownBy(() -> config.set("timeout", "5", "hz", "x"))
        .hasMessage(
            "ERR CONFIG SET failed (possibly related to argument 'hz') -"
                + " argument couldn't be parsed into an integer");
    assertThat(config.get(ClientDirectives.TIMEOUT)).isZero();
  }

  @Test
  void callsWhoeverMustActOnAChangeAndOnlyThen() throws Exception {
    List<Long> seen = new ArrayList<>();
    config.onChange(
        (_, now) -> {
          seen.add(now.get(ClientDirectives.MAXCLIENTS));
          return null;
        },
        ClientDirectives.MAXCLIENTS);
    config.set("timeout", "5");
    config.set("maxclients", "10000");
    config.set("maxclients", "20");
    assertThat(seen).containsExactly(20L);
  }

  @Test
  void undoesWhatWasAppliedWhenAnotherPartRefuses() {
    List<String> calls = new ArrayList<>();
    config.onChange(
        (old, now) -> {
          calls.add(old.get(NetworkDirectives.PORT) + ">" + now.get(NetworkDirectives.PORT));
          return null;
        },
        NetworkDirectives.PORT);
    config.onChange((_, _) -> "no more files", ClientDirectives.MAXCLIENTS);
    assertThatThrownBy(() -> config.set("port", "7000", "maxclients", "9"))
        .hasMessage(
            "ERR CONFIG SET failed (possibly related to argument 'maxclients') - no more files");
    assertThat(calls).containsExactly("6379>7000", "7000>6379");
    assertThat(config.get(NetworkDirectives.PORT)).isEqualTo(6379);
  }

  @Test
  void findsByPatternsAndByNames() {
    assertThat(config.find(List.of("*-priority", "PORT")))
        .containsOnlyKeys("replica-priority", "slave-priority", "port");
    assertThat(config.find(List.of("*key-load-delay*"))).isEmpty();
    assertThat(config.find(List.of("key-load-delay"))).containsEntry("key-load-delay", "0");
    assertThat(config.find(List.of("nothing"))).isEmpty();
  }

  @Test
  void protectsGuardedDirectivesUnlessTheClientMaySetThem() throws Exception {
    var pair = List.of("dbfilename", "other.rdb");
    assertThatThrownBy(() -> config.set(pair, false, false))
        .hasMessageEndingWith("can't set protected config");
    config.set(pair, true, false);
    assertThat(config.get(PersistenceDirectives.DBFILENAME)).isEqualTo("other.rdb");
  }

  @Test
  void showsWhatAnOwnerRecorded() {
    config.record(
        ReplicationDirectives.REPLICAOF,
        java.util.Optional.of(new PrimaryAddress("10.0.0.1", 7000)));
    assertThat(config.find(List.of("replicaof", "slaveof")))
        .containsEntry("replicaof", "10.0.0.1 7000")
        .containsEntry("slaveof", "10.0.0.1 7000");
  }

  @Test
  void readsOptionsOfTheCommandLine() throws Exception {
    var started =
        Config.of("--port", "7000", "--cluster-enabled", "yes", "--save", "", "--bind", "a", "b");
    assertThat(started.get(NetworkDirectives.PORT)).isEqualTo(7000);
    assertThat(started.get(ClusterDirectives.CLUSTER_ENABLED)).isTrue();
    assertThat(started.get(PersistenceDirectives.SAVE)).isEmpty();
    assertThat(started.get(NetworkDirectives.BIND)).containsExactly("a", "b");
  }
}
