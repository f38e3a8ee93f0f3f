package io.hashslot.bus.sim;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterConfig;
import io.hashslot.bus.core.ClusterCore;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.Moment;
import io.hashslot.bus.core.Pulse;
import io.hashslot.bus.file.CorruptNodesFileException;
import io.hashslot.bus.file.NodesText;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.sim.SimDisk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A machine of the simulated cluster: it starts, crashes, is suspended and comes back. While it
 * lives, {@link SimDriver} runs a core on it as the bus thread of a server would.
 */
public final class SimNode {
  /** The wall clocks show the autumn of 2026. */
  private static final long EPOCH_MS = 1_795_000_000_000L;

  /** All listen at the same ports, each at an address of its own. */
  static final int PORT = 6_379;

  static final int BUS_PORT = PORT + 10_000;
  private static final long FLUSH_US = 2_000_000;

  private final String name;
  private final String zone;
  private String host;
  private final SimCluster cluster;
  private final SplittableGenerator random;
  private final SimDisk<DurableState> disk = new SimDisk<>();
  private final SimReplication replication;
  private ClusterConfig config;
  private @Nullable SimDriver driver;
  private EffectFilter filter = effect -> effect;
  private Traffic earlierTraffic = Traffic.NONE;
  private int life;
  private boolean paused;
  private long readySinceUs;
  private long pausedAtUs;
  private long sleptMs;
  private long wallSkewMs;
  private long driftPermille;
  private long driftSinceUs;
  private long driftedUs;

  SimNode(SimCluster cluster, String name, String zone, String host, SplittableGenerator random) {
    this.cluster = cluster;
    this.name = name;
    this.zone = zone;
    this.host = host;
    this.random = random;
    cluster.network().place(host, zone);
    replication = cluster.replicationOf(this);
    config = configured(cluster.topology());
  }

  /** Where there is more than one zone, nodes say which one they are in. */
  private ClusterConfig configured(Topology topology) {
    ClusterConfig plain = ClusterConfig.defaults(PORT).withNodeTimeoutMs(topology.nodeTimeoutMs());
    return topology.zones().size() < 2 ? plain : plain.withAnnounce(plain.announce().inZone(zone));
  }

  // --- life

  /** The process starts, with what is on the disk. */
  public void start() {
    if (driver != null) return;
    life++;
    ClusterCore core = ClusterCore.create(config, random.split(), remembered(), moment());
    if (!cluster.checked()) core.paintOnDemand();
    replication.start();
    readySinceUs = cluster.queue().nowUs();
    sleptMs = 0;
    var started = new SimDriver(this, cluster, core, life);
    started.filter(filter);
    driver = started;
    cluster.network().listen(host + ":" + BUS_PORT, started);
    cluster.onStart(this);
    cluster.onName(this, core.pulse().id());
    tell("starts as " + id().brief());
    int thisLife = life;
    started.start();
    cluster.queue().after(random.nextInt(100_000), () -> started.tick(thisLife));
    cluster.queue().after(0, () -> replication.goOn(thisLife));
    cluster.queue().after(random.nextInt((int) FLUSH_US), () -> flushNowAndThen(thisLife));
  }

  /** What is on the disk, by way of the very text that a server would write and read. */
  private @Nullable DurableState remembered() {
    DurableState state = disk.read();
    if (state == null || !cluster.checked()) return state;
    try {
      return NodesText.parse(NodesText.format(state), false);
    } catch (CorruptNodesFileException corrupt) {
      throw new Violation("ReadsWhatItWrote", name + " cannot read what it wrote: " + corrupt);
    }
  }

  /**
   * The process dies; what was not synced may be lost.
   *
   * @param noticed whether its peers are told (a dead process) or not (a dead machine)
   */
  public void crash(boolean noticed) {
    SimDriver dead = driver;
    if (dead == null) return;
    tell(noticed ? "crashes" : "loses power");
    life++;
    earlierTraffic = traffic();
    if (!cluster.checked()) prepare(dead.core().snapshot());
    driver = null;
    paused = false;
    replication.crash();
    disk.crash(random);
    cluster.network().crash(host, noticed);
  }

  /** The machine, which is down, comes back under another address. */
  void moveTo(String newHost) {
    host = newHost;
    cluster.network().place(newHost, zone);
  }

  /** The machine will lose power after so many more effects, maybe in the middle of an event. */
  public void crashAfterEffects(int count) {
    if (driver != null) driver.crashAfterEffects(count);
  }

  /** The process stops for a while and does not know it. */
  public void pause() {
    if (driver == null || paused) return;
    tell("is suspended");
    paused = true;
    pausedAtUs = cluster.queue().nowUs();
  }

  /** The process goes on, with everything that came meanwhile. */
  public void resume() {
    if (!paused) return;
    tell("runs again");
    paused = false;
    readySinceUs = cluster.queue().nowUs();
    sleptMs = (readySinceUs - pausedAtUs) / 1000;
    if (driver != null) driver.catchUp();
  }

  /** Suspends for a time. */
  public void pauseFor(long ms) {
    if (driver == null || paused) return;
    pause();
    int thisLife = life;
    cluster
        .queue()
        .after(
            ms * 1000,
            () -> {
              if (lives(thisLife)) resume();
            });
  }

  /** Whether the process is suspended. */
  public boolean suspended() {
    return paused;
  }

  /** Whether the process runs, suspended or not. */
  public boolean running() {
    return driver != null;
  }

  /** Whether it can do something now. */
  public boolean ready() {
    return driver != null && !paused;
  }

  /** Since when it can, in microseconds; 0 if it cannot. */
  long readyForUs() {
    return ready() ? cluster.queue().nowUs() - readySinceUs : 0;
  }

  /** How long it was suspended last, in milliseconds; 0 if never since its start. */
  long sleptMs() {
    return sleptMs;
  }

  /** Whether it is still the same process. */
  boolean lives(int itsLife) {
    return itsLife == life && driver != null;
  }

  /** The wall clock jumps. */
  public void skewWallClock(long ms) {
    wallSkewMs += ms;
    tell("wall clock jumps by " + ms + " ms");
  }

  /**
   * From now on the monotonic clock runs faster, or slower.
   *
   * @param permille of the true rate, more than -1000; 0: it is right again, and stays ahead or
   *     behind
   */
  public void driftClock(long permille) {
    long nowUs = cluster.queue().nowUs();
    driftedUs += (nowUs - driftSinceUs) * driftPermille / 1000;
    driftSinceUs = nowUs;
    driftPermille = permille;
    tell("monotonic clock runs %+d of 1000 fast".formatted(permille));
  }

  /** What its own monotonic clock shows, in microseconds. */
  long monotonicUs() {
    long nowUs = cluster.queue().nowUs();
    return nowUs + driftedUs + (nowUs - driftSinceUs) * driftPermille / 1000;
  }

  /** How long it takes until its monotonic clock has gone on by so much; at least that. */
  long realUs(long ownUs) {
    return (ownUs * 1000 + 1000 + driftPermille - 1) / (1000 + driftPermille);
  }

  /** Other settings, from now on. */
  public void configure(ClusterConfig config) {
    this.config = config;
    if (driver != null) driver.configure(config);
  }

  /** The settings. */
  public ClusterConfig config() {
    return config;
  }

  /** From now on the driver is broken like this. */
  void breakDriver(EffectFilter filter) {
    this.filter = filter;
    if (driver != null) driver.filter(filter);
  }

  // --- looking inside

  /** Its name in stories. */
  public String name() {
    return name;
  }

  /** Its address. */
  public String host() {
    return host;
  }

  /** Where it stands. */
  public String zone() {
    return zone;
  }

  SimCluster cluster() {
    return cluster;
  }

  SimDriver driver() {
    SimDriver alive = driver;
    if (alive == null) throw new IllegalStateException(name + " is not running");
    return alive;
  }

  ClusterCore core() {
    return driver().core();
  }

  /** A short look at it, as cheap as many looks at thousands of nodes must be; it must run. */
  public Pulse pulse() {
    return core().pulse();
  }

  /** What it believes of the cluster; it must run. */
  public ClusterView view() {
    return core().view();
  }

  /** Its name in the cluster; it must run. */
  public NodeId id() {
    return pulse().id();
  }

  /** Whether it runs and believes to be a primary. */
  public boolean isPrimary() {
    return driver != null && pulse().primary();
  }

  /** The replication of its host. */
  SimReplication replication() {
    return replication;
  }

  long offset() {
    return replication.offset();
  }

  boolean writesPaused() {
    return replication.writesPaused();
  }

  /** Whom the host was told to replicate from; null if nobody. */
  public @Nullable NodeId following() {
    return replication.following();
  }

  @Nullable DurableState synced() {
    return disk.readSynced();
  }

  /** What its bus carried so far, in all its lives. */
  public Traffic traffic() {
    return driver == null ? earlierTraffic : earlierTraffic.plus(driver.traffic());
  }

  List<String> delivered() {
    return driver().delivered();
  }

  // --- clients

  /** Asks and gets the answer; an error if the machine dies over it. */
  public Answer request(ClusterRequest request) {
    if (!ready()) return Answer.error("no connection");
    cluster.onRequest(this, request);
    return driver().request(request);
  }

  void broadcast(String channel, String message, boolean sharded) {
    driver()
        .broadcast(
            new ClusterRequest.Broadcast(
                channel.getBytes(StandardCharsets.UTF_8),
                message.getBytes(StandardCharsets.UTF_8),
                sharded));
  }

  /** A client writes so many bytes, unless nobody may. */
  public void write(int bytes) {
    replication.write(bytes);
  }

  // --- called by the parts

  Moment moment() {
    long ms = monotonicUs() / 1000;
    return new Moment(ms, EPOCH_MS + ms + wallSkewMs, replication.facts());
  }

  /** The core wants something remembered. */
  void persist(DurableState state, boolean sync) {
    // Nobody looks at the disks of a cluster that is not checked before the machine dies.
    if (!cluster.checked()) return;
    disk.write(state);
    if (sync) disk.sync();
  }

  /** What was written last is to be remembered whatever happens. */
  void force() {
    disk.sync();
  }

  /** What the disk holds at the next start. */
  void prepare(DurableState state) {
    disk.write(state);
    disk.sync();
  }

  /** What is written reaches the platter some time, synced or not. */
  private void flushNowAndThen(int itsLife) {
    if (!lives(itsLife)) return;
    disk.sync();
    cluster.queue().after(FLUSH_US, () -> flushNowAndThen(itsLife));
  }

  void offsetMoved() {
    if (driver != null) driver.offsetMoved();
  }

  void tell(String what) {
    cluster.transcript().tell(name, what);
  }

  /** One line of a picture of the whole cluster. */
  String picture() {
    if (driver == null) return name + " down";
    ClusterView view = view();
    var self = view.self();
    NodeId primary = self.primary();
    return "%s %s %s e%d/%d %s%s [%s]%s"
        .formatted(
            name,
            self.id().brief(),
            self.isPrimary() ? "M" : "r",
            view.summary().myEpoch(),
            view.summary().currentEpoch(),
            view.health(),
            primary == null ? "" : " of " + cluster.nameOf(primary),
            self.slots(),
            paused ? " suspended" : "");
  }

  @Override
  public String toString() {
    return name;
  }
}
