package io.hashslot.bus.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.peer.PeerServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** redis-server 7.0.15 and valkey-server 8.0.1 as readers and writers of the same file. */
class NodesFilePeersIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void serversStartFromOurFile(PeerServer.Kind kind) throws Exception {
    try (NodesFile file = NodesFile.open(folder.resolve("nodes.conf"))) {
      file.save(DurableStates.full(), true);
    }
    try (PeerServer server = PeerServer.start(kind, folder)) {
      assertThat(server.id()).isEqualTo(DurableStates.ME.text());
      assertThat(server.nodeLine(DurableStates.ME.text()))
          .contains("myself,master - 0 0 7 connected 0-5460 5462")
          .contains("[77->-" + DurableStates.OTHER + "]", "[93->-", "[6000-<-");
      assertThat(server.nodeLine(DurableStates.OTHER.text()))
          .contains("2001:db8::2:7002@17002", "master", "fail", "5463-16383");
      assertThat(server.nodeLine(DurableStates.REPLICA.text()))
          .contains("slave,nofailover " + DurableStates.OTHER);
      assertThat(server.call("CLUSTER", "INFO"))
          .contains("cluster_current_epoch:9", "cluster_my_epoch:7");
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void filesOfServersAreRead(PeerServer.Kind kind) throws Exception {
    String id;
    String shard = "";
    int port;
    int busPort;
    try (PeerServer server =
        PeerServer.start(kind, folder, "--cluster-announce-hostname", "h.example.com")) {
      id = server.id();
      port = server.port();
      busPort = server.busPort();
      server.call("CLUSTER", "ADDSLOTSRANGE", "0", "5460", "5462", "5462");
      server.call("CLUSTER", "BUMPEPOCH");
      server.call("CONFIG", "SET", "cluster-announce-ip", "127.0.0.1");
      if (kind == PeerServer.Kind.VALKEY) {
        server.call("CONFIG", "SET", "cluster-announce-human-nodename", "node-1");
        server.call("CONFIG", "SET", "cluster-announce-client-ipv4", "1.2.3.4");
        shard = server.call("CLUSTER", "MYSHARDID");
      }
      server.call("CLUSTER", "SAVECONFIG");
    }
    try (NodesFile file = NodesFile.open(folder.resolve("nodes.conf"))) {
      DurableState state = file.load(false);
      assertThat(state).isNotNull();
      assertThat(state.nodes()).hasSize(1);
      NodeRecord me = state.nodes().getFirst();
      assertThat(me.id()).hasToString(id);
      assertThat(me.port()).isEqualTo(port);
      assertThat(me.busPort()).isEqualTo(busPort);
      assertThat(me.hostname()).isEqualTo("h.example.com");
      assertThat(me.flags()).isEqualTo(NodeFlags.MYSELF | NodeFlags.PRIMARY);
      assertThat(me.slots()).hasToString("0-5460 5462");
      assertThat(me.configEpoch()).isEqualTo(1);
      assertThat(state.currentEpoch()).isEqualTo(1);
      if (kind == PeerServer.Kind.VALKEY) {
        assertThat(me.nodename()).isEqualTo("node-1");
        assertThat(me.clientIpv4()).isEqualTo("1.2.3.4");
        assertThat(me.shard()).hasToString(shard);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void serversRespectOurLock(PeerServer.Kind kind) throws Exception {
    try (NodesFile file = NodesFile.open(folder.resolve("nodes.conf"))) {
      file.save(DurableStates.full(), true);
      assertThat(PeerServer.refusalOf(kind, folder)).contains("already used by a different");
    }
  }

  @ParameterizedTest
  @EnumSource(PeerServer.Kind.class)
  void weRespectTheLockOfServers(PeerServer.Kind kind) {
    Path path = folder.resolve("nodes.conf");
    try (PeerServer _ = PeerServer.start(kind, folder)) {
      if (kind == PeerServer.Kind.REDIS) {
        assertThatThrownBy(() -> NodesFile.open(path)).isInstanceOf(NodesFileInUseException.class);
      }
    }
    // Valkey's lock is gone with its first rewrite, which it does at once: nothing to be respected.
  }

  @Test
  void whatIsCorruptForValkeyIsCorruptForUs() throws Exception {
    Path path = folder.resolve("nodes.conf");
    String text =
        NodesText.format(DurableStates.alone(DurableStates.ME, 7000, 17000, 1, "0-10"))
            .replace("tls-port=0", "unheard-of=1");
    Files.writeString(path, text);
    assertThat(PeerServer.refusalOf(PeerServer.Kind.VALKEY, folder))
        .contains("Unrecoverable error: corrupted cluster config file");
    try (NodesFile file = NodesFile.open(path)) {
      assertThatThrownBy(() -> file.load(false)).isInstanceOf(CorruptNodesFileException.class);
    }
  }
}
