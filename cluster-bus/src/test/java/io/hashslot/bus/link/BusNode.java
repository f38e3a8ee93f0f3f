package io.hashslot.bus.link;

import static org.awaitility.Awaitility.await;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterCore;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.HostFacts;
import io.hashslot.bus.core.Moment;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.file.CorruptNodesFileException;
import io.hashslot.bus.file.NodesFile;
import io.hashslot.peer.Patience;
import io.hashslot.peer.Ports;
import io.hashslot.slot.SlotSet;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A bus as a server would run it, on loopback, without the server. */
final class BusNode implements AutoCloseable {
  static final Duration PATIENCE = Patience.LIMIT;

  final RecordingHost host = new RecordingHost();
  final int clientPort = Ports.next();
  private final NodesFile file;
  private final ClusterBus bus;

  private BusNode(Path folder, long nodeTimeoutMs, BusOptions options) {
    Clock clock = Clock.system();
    try {
      Files.createDirectories(folder);
      file = NodesFile.open(folder.resolve("nodes.conf"));
      DurableState restored = file.load(false);
      boolean tls = options.tls() != BusTls.NONE;
      ClusterConfig config =
          new ClusterConfig(
              nodeTimeoutMs,
              10,
              false,
              1,
              true,
              true,
              0,
              10,
              60,
              tls,
              new ClusterConfig.Announced(
                  "", tls ? 0 : clientPort, tls ? clientPort : 0, options.port(), "", "", "", ""),
              5_000);
      ClusterCore core =
          ClusterCore.create(
              config,
              new SplittableRandom(clock.monotonicNs()),
              restored,
              new Moment(clock.monotonicNs() / 1_000_000, clock.wallMs(), HostFacts.NONE));
      bus = ClusterBus.open(core, config, file, options, host, clock);
      bus.begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CorruptNodesFileException e) {
      throw new AssertionError(e);
    }
    await("the first view").atMost(PATIENCE).until(() -> host.view != null);
    bus.dataLoaded(new SlotSet());
  }

  static BusNode start(Path folder) {
    return start(folder, 2000);
  }

  static BusNode start(Path folder, long nodeTimeoutMs) {
    return new BusNode(folder, nodeTimeoutMs, BusOptions.plain("127.0.0.1", Ports.next()));
  }

  static BusNode start(Path folder, long nodeTimeoutMs, BusOptions options) {
    return new BusNode(folder, nodeTimeoutMs, options);
  }

  ClusterBus bus() {
    return bus;
  }

  int busPort() {
    return bus.port();
  }

  ClusterView view() {
    return Objects.requireNonNull(host.view);
  }

  String id() {
    return view().self().id().text();
  }

  Answer ask(ClusterRequest request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    bus.request(request, answer::complete);
    return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  Answer meet(int port, int busPort) {
    return ask(new ClusterRequest.Meet("127.0.0.1", port, busPort));
  }

  /** Whether the node with this id is a full member here, with a link to it. */
  boolean isConnectedTo(String id) {
    NodeView node = view().node(id);
    return node != null && node.linkUp() && !node.inHandshake();
  }

  @Override
  public void close() {
    bus.close();
    file.close();
  }
}
