package io.hashslot.node;

import io.hashslot.cluster.Cluster;
import io.hashslot.cluster.MigrationLinks;
import io.hashslot.config.ClientDirectives;
import io.hashslot.config.Config;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.config.NetworkDirectives;
import io.hashslot.config.ObserveDirectives;
import io.hashslot.config.ProcessDirectives;
import io.hashslot.config.TlsDirectives;
import io.hashslot.dispatch.Environment;
import io.hashslot.keyspace.ActiveExpiry;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.observe.CommandSections;
import io.hashslot.observe.Info;
import io.hashslot.observe.InfoSection;
import io.hashslot.observe.InfoText;
import io.hashslot.observe.Rates;
import io.hashslot.pubsub.PubSub;
import io.hashslot.replication.Admission;
import io.hashslot.session.Session;
import io.hashslot.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sections of INFO that speak of the process as a whole. */
final class InfoSections {
  private final Config config;
  private final Environment environment;
  private final PubSub pubSub;
  private final @Nullable Cluster cluster;
  private final ActiveExpiry expiry;
  private final Admission admission;
  private final MigrationLinks migrations;
  private final Rates rates;
  private final String runId;
  private final String transport;
  private final long startedMs;

  InfoSections(
      Config config,
      Environment environment,
      PubSub pubSub,
      @Nullable Cluster cluster,
      ActiveExpiry expiry,
      Admission admission,
      MigrationLinks migrations,
      Rates rates,
      String runId,
      String transport) {
    this.config = config;
    this.environment = environment;
    this.pubSub = pubSub;
    this.cluster = cluster;
    this.expiry = expiry;
    this.admission = admission;
    this.migrations = migrations;
    this.rates = rates;
    this.runId = runId;
    this.transport = transport;
    startedMs = environment.clock().wallMs();
  }

  /**
   * Adds all sections in their order; {@code replication} and {@code persistence} stand between.
   */
  void addTo(Info info, InfoSection persistence, InfoSection replication) {
    info.add(section("Server", true, this::server));
    info.add(section("Clients", true, this::clients));
    info.add(section("Memory", true, this::memory));
    info.add(persistence);
    info.add(section("Stats", true, this::stats));
    info.add(replication);
    info.add(section("CPU", true, InfoSections::cpu));
    info.add(section("Modules", true, _ -> {}));
    info.add(CommandSections.commandStats(environment.table(), environment.statistics()));
    info.add(CommandSections.errorStats(environment.statistics()));
    info.add(
        CommandSections.latencyStats(
            environment.table(),
            environment.statistics(),
            () -> config.get(ObserveDirectives.LATENCY_TRACKING_INFO_PERCENTILES)));
    info.add(section("Cluster", true, text -> text.flag("cluster_enabled", cluster != null)));
    info.add(section("Keyspace", true, this::keyspace));
  }

  static InfoSection section(String name, boolean byDefault, Consumer<InfoText> writer) {
    return new InfoSection() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean byDefault() {
        return byDefault;
      }

      @Override
      public void write(InfoText text) {
        writer.accept(text);
      }
    };
  }

  private void server(InfoText text) {
    Clock clock = environment.clock();
    long upSeconds = (clock.wallMs() - startedMs) / 1000;
    int port = config.intOf(NetworkDirectives.PORT);
    text.field("redis_version", Version.COMPATIBLE)
        .field("server_name", "hashslot")
        .field("hashslot_version", Version.OWN)
        .field("redis_git_sha1", "00000000")
        .field("redis_git_dirty", 0)
        .field("redis_build_id", Version.OWN)
        .field("redis_mode", cluster == null ? "standalone" : "cluster")
        .field(
            "os",
            System.getProperty("os.name")
                + ' '
                + System.getProperty("os.version")
                + ' '
                + System.getProperty("os.arch"))
        .field("arch_bits", 64)
        .field("monotonic_clock", "System.nanoTime")
        .field("multiplexing_api", transport)
        .field("jvm_version", Runtime.version())
        .field("process_id", ProcessHandle.current().pid())
        .field("process_supervised", "no")
        .field("run_id", runId)
        .field("tcp_port", port != 0 ? port : config.intOf(TlsDirectives.TLS_PORT))
        .field("server_time_usec", clock.wallUs())
        .field("uptime_in_seconds", upSeconds)
        .field("uptime_in_days", upSeconds / 86_400)
        .field("hz", config.intOf(MemoryDirectives.HZ))
        .field("configured_hz", config.intOf(MemoryDirectives.HZ))
        .field("lru_clock", clock.wallMs() / 1000 & 0xFFFFFF)
        .field("executable", ProcessHandle.current().info().command().orElse(""))
        .field("config_file", config.file() == null ? "" : config.file())
        .field("io_threads_active", config.intOf(NetworkDirectives.IO_THREADS) > 1 ? 1 : 0)
        .field("availability_zone", config.get(ProcessDirectives.AVAILABILITY_ZONE));
    listeners(text);
  }

  private void listeners(InfoText text) {
    int port = config.intOf(NetworkDirectives.PORT);
    int tlsPort = config.intOf(TlsDirectives.TLS_PORT);
    String addresses =
        config.get(NetworkDirectives.BIND).stream()
            .map(address -> "bind=" + address + ',')
            .collect(java.util.stream.Collectors.joining());
    if (port > 0) {
      text.field("listener0", "name=tcp," + addresses + "port=" + port);
    }
    String unixSocket = config.get(NetworkDirectives.UNIXSOCKET);
    if (!unixSocket.isEmpty()) {
      text.field("listener1", "name=unix,bind=" + unixSocket);
    }
    if (tlsPort > 0) {
      text.field("listener2", "name=tls," + addresses + "port=" + tlsPort);
    }
  }

  private void clients(InfoText text) {
    int connected = 0;
    int blocked = 0;
    int timed = 0;
    int subscribers = 0;
    int biggestIn = 0;
    long biggestOut = 0;
    for (Session session : environment.sessions().all()) {
      connected += session.replicaLink() ? 0 : 1;
      blocked += session.isBlocked() ? 1 : 0;
      timed += session.isBlocked() && session.waitsForLimitedTime() ? 1 : 0;
      subscribers += session.subscriber() ? 1 : 0;
      biggestIn = Math.max(biggestIn, session.link().pendingInputBytes());
      biggestOut = Math.max(biggestOut, session.link().pendingOutputBytes());
    }
    text.field("connected_clients", connected)
        .field("cluster_connections", cluster == null ? 0 : cluster.connections())
        .field("maxclients", config.get(ClientDirectives.MAXCLIENTS))
        .field("client_recent_max_input_buffer", biggestIn)
        .field("client_recent_max_output_buffer", biggestOut)
        .field("blocked_clients", blocked)
        .field("tracking_clients", 0)
        .field("pubsub_clients", subscribers)
        .field("watching_clients", environment.watches().watchers())
        .field("clients_in_timeout_table", timed)
        .field("total_watched_keys", environment.watches().count())
        .field("total_blocking_keys", environment.waiters().keyCount())
        .field("total_blocking_keys_on_nokey", environment.waiters().endingKeyCount());
  }

  private void memory(InfoText text) {
    long links = cluster == null ? 0 : cluster.linkQueueBytes();
    MemoryFigures.write(text, environment, links, config);
  }

  private void stats(InfoText text) {
    StatsFigures.write(text, environment, pubSub, admission, expiry, migrations, rates);
  }

  private static void cpu(InfoText text) {
    CpuTime time = CpuTime.ofProcess();
    text.field("used_cpu_sys", seconds(time.systemSeconds()))
        .field("used_cpu_user", seconds(time.userSeconds()))
        .field("used_cpu_sys_children", seconds(0))
        .field("used_cpu_user_children", seconds(0));
  }

  private static String seconds(double value) {
    return String.format(java.util.Locale.ROOT, "%.6f", value);
  }

  private void keyspace(InfoText text) {
    Keyspace keyspace = environment.keyspace();
    for (int i = 0; i < keyspace.databases(); i++) {
      long keys = keyspace.size(i);
      if (keys > 0) {
        text.field(
            "db" + i,
            "keys="
                + keys
                + ",expires="
                + keyspace.expiring(i)
                + ",avg_ttl="
                + expiry.averageTtlMs(i));
      }
    }
  }
}
