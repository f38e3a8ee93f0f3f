package io.hashslot.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and connections between them. By default a connection behaves like TCP: in order, nothing
 * lost. {@link Conditions} make it worse; and directions can be cut, so that everything sent there
 * disappears, connection attempts included.
 *
 * <p>Nothing is looked up by name for a message, so that thousands of hosts can talk at once.
 */
public final class SimNetwork {
  /** Takes connections at an address. */
  public interface Listener {
    /** A peer has connected; what is returned hears of it from now on. */
    Receiver onAccept(End end);
  }

  /** Hears what happens at one end of a connection. */
  public interface Receiver {
    /** The connection is established; only at the end that opened it. */
    void onUp();

    /** A message came; nobody may change it. */
    void onMessage(byte[] message);

    /** The connection broke, was closed at the other end, or was refused. */
    void onClosed();
  }

  /** One end of a connection; the ends at a host form a list. */
  public final class End {
    private final SimHost host;
    private final SimHost remote;
    private @Nullable Receiver receiver;
    private @Nullable End other;
    private @Nullable End previous;
    private @Nullable End next;
    private boolean open = true;
    private long lastArrivalUs;

    private End(SimHost host, SimHost remote) {
      this.host = host;
      this.remote = remote;
      next = host.ends;
      if (next != null) next.previous = this;
      host.ends = this;
    }

    /** The host this end is at, by the address that is seen at the other end. */
    public String localHost() {
      return host.seenFrom(remote);
    }

    /** The host at the other end, by the address that is seen here. */
    public String remoteHost() {
      return remote.seenFrom(host);
    }

    /** The host at the other end, by its own name. */
    public String remoteName() {
      return remote.name;
    }

    /** Sends; it may never arrive. The bytes belong to the network from now on. */
    public void send(byte[] message) {
      End target = other;
      if (!open || target == null || host.cutTo(remote)) return;
      Conditions now = between(host, remote);
      if (hits(now.lossPermille())) return;
      arriveAt(target, now, () -> target.deliver(message));
      if (hits(now.duplicatePermille())) arriveAt(target, now, () -> target.deliver(message));
    }

    private void arriveAt(End target, Conditions now, Runnable arrival) {
      long arrivalUs = queue.nowUs() + delayUs(now, host, remote);
      if (!hits(now.reorderPermille())) {
        arrivalUs = Math.max(arrivalUs, target.lastArrivalUs + 1);
        target.lastArrivalUs = arrivalUs;
      }
      queue.after(arrivalUs - queue.nowUs(), arrival);
    }

    private void deliver(byte[] message) {
      if (open && receiver != null) receiver.onMessage(message);
    }

    /** Closes; the other end hears of it unless it is cut off. Nothing is reported here. */
    public void close() {
      if (!open) return;
      drop();
      End target = other;
      if (target == null || host.cutTo(remote)) return;
      arriveAt(target, between(host, remote), target::broke);
    }

    private void broke() {
      if (!open) return;
      drop();
      if (receiver != null) receiver.onClosed();
    }

    private void drop() {
      open = false;
      if (previous == null) host.ends = next;
      else previous.next = next;
      if (next != null) next.previous = previous;
    }
  }

  private final EventQueue queue;
  private final RandomGenerator random;
  private final Map<String, SimHost> hosts = new HashMap<>();
  private final Map<String, Listener> listeners = new HashMap<>();
  private final Map<ZonePair, Conditions> zoneConditions = new HashMap<>();
  private Conditions conditions = Conditions.FAIR;
  private int hostsInTrouble;
  private long calmSinceUs;

  private record ZonePair(String from, String to) {}

  /** A network without faults. */
  public SimNetwork(EventQueue queue, RandomGenerator random) {
    this.queue = queue;
    this.random = random;
  }

  private SimHost host(String address) {
    return hosts.computeIfAbsent(address, SimHost::new);
  }

  /** Says where a host stands; by default all stand in one zone without a name. */
  public void place(String host, String zone) {
    host(host).zone = zone;
  }

  /**
   * Gives a host one more address. Those in the zone named see it by that one, and everybody can
   * connect to both.
   */
  public void alias(String host, String alias, String zoneThatSeesIt) {
    SimHost known = host(host);
    hosts.put(alias, known);
    known.alias(alias, zoneThatSeesIt);
  }

  /** Opens an address, {@code host:port}. */
  public void listen(String address, Listener listener) {
    listeners.put(address, listener);
  }

  /** Connects from a host to an address. */
  public End connect(String fromHost, String address, Receiver receiver) {
    int colon = address.lastIndexOf(':');
    SimHost from = host(fromHost);
    SimHost to = host(address.substring(0, colon));
    String listening = to.name + address.substring(colon);
    End near = new End(from, to);
    near.receiver = receiver;
    queue.after(delayUs(between(from, to), from, to), () -> handshake(near, listening));
    return near;
  }

  private void handshake(End near, String address) {
    if (!near.open || near.host.cutTo(near.remote) || near.remote.cutTo(near.host)) return;
    Listener listener = listeners.get(address);
    if (listener == null) {
      near.broke();
      return;
    }
    End far = new End(near.remote, near.host);
    far.other = near;
    near.other = far;
    far.receiver = listener.onAccept(far);
    Receiver receiver = near.receiver;
    far.arriveAt(
        near,
        between(far.host, far.remote),
        () -> {
          if (near.open && receiver != null) receiver.onUp();
        });
  }

  /**
   * A host dies: its addresses close, its connections end.
   *
   * @param noticed whether its peers are told (a dead process) or not (a dead machine)
   */
  public void crash(String host, boolean noticed) {
    listeners.keySet().removeIf(address -> address.startsWith(host + ":"));
    for (End end : endsOf(host(host))) {
      if (noticed) end.close();
      else end.drop();
    }
  }

  /**
   * All connections between two hosts break, and both are told; what is under way is lost.
   *
   * @return how many ends there were
   */
  public int breakLinks(String one, String other) {
    SimHost far = host(other);
    int broken = 0;
    for (End end : endsOf(host(one))) {
      if (end.remote != far) continue;
      End peer = end.other;
      queue.after(0, end::broke);
      if (peer != null) queue.after(0, peer::broke);
      broken++;
    }
    return broken;
  }

  /** The oldest first. */
  private static List<End> endsOf(SimHost host) {
    var ends = new ArrayList<End>();
    for (End end = host.ends; end != null; end = end.next) ends.add(end);
    return ends.reversed();
  }

  /** From now on nothing sent from one host reaches the other; not the way back. */
  public void cut(String fromHost, String toHost) {
    change(host(fromHost), host -> host.cut(host(toHost), true));
  }

  /** What is sent from one host to the other arrives again. */
  public void mend(String fromHost, String toHost) {
    change(host(fromHost), host -> host.cut(host(toHost), false));
  }

  /** Keeps count of the hosts with faults of their own. */
  private void change(SimHost host, Consumer<SimHost> fault) {
    if (host.inTrouble()) hostsInTrouble--;
    fault.accept(host);
    if (host.inTrouble()) hostsInTrouble++;
    calmSinceUs = queue.nowUs();
  }

  /** For how long there was no fault at all, in microseconds; 0 if there is one. */
  public long calmForUs() {
    boolean calm = hostsInTrouble == 0 && conditions.equals(Conditions.FAIR);
    return calm ? queue.nowUs() - calmSinceUs : 0;
  }

  /** Whether that direction is cut. */
  public boolean isCut(String fromHost, String toHost) {
    return host(fromHost).cutTo(host(toHost));
  }

  /** How messages fare from now on, but for zones that have conditions of their own. */
  public void conditions(Conditions conditions) {
    this.conditions = conditions;
    calmSinceUs = queue.nowUs();
  }

  /** How messages fare now where nothing else was said. */
  public Conditions conditions() {
    return conditions;
  }

  /** How messages fare between two zones, in both directions; survives {@link #heal}. */
  public void between(String oneZone, String otherZone, Conditions conditions) {
    zoneConditions.put(new ZonePair(oneZone, otherZone), conditions);
    zoneConditions.put(new ZonePair(otherZone, oneZone), conditions);
  }

  /** Everything that comes to a host or leaves it takes so much longer. */
  public void slow(String host, long extraUs) {
    change(host(host), known -> known.extraUs = extraUs);
  }

  /** Takes all faults away. What was lost stays lost. */
  public void heal() {
    for (SimHost host : hosts.values()) host.heal();
    hostsInTrouble = 0;
    conditions(Conditions.FAIR);
  }

  private Conditions between(SimHost from, SimHost to) {
    if (zoneConditions.isEmpty()) return conditions;
    return zoneConditions.getOrDefault(new ZonePair(from.zone, to.zone), conditions);
  }

  private boolean hits(int permille) {
    return permille > 0 && random.nextInt(1000) < permille;
  }

  private long delayUs(Conditions now, SimHost from, SimHost to) {
    long wayUs = random.nextLong(now.minDelayUs(), now.maxDelayUs() + 1);
    return wayUs + from.extraUs + to.extraUs;
  }

  /** What the network knows of a host. */
  private static final class SimHost {
    final String name;
    String zone = "";
    long extraUs;
    @Nullable End ends;
    private @Nullable Map<SimHost, Boolean> cutTo;
    private @Nullable String alias;
    private String aliasZone = "";

    SimHost(String name) {
      this.name = name;
    }

    boolean inTrouble() {
      return cutTo != null || extraUs != 0;
    }

    boolean cutTo(SimHost other) {
      return cutTo != null && cutTo.containsKey(other);
    }

    void cut(SimHost other, boolean on) {
      if (cutTo == null) cutTo = new HashMap<>();
      if (on) cutTo.put(other, true);
      else cutTo.remove(other);
      if (cutTo.isEmpty()) cutTo = null;
    }

    void alias(String alias, String zoneThatSeesIt) {
      this.alias = alias;
      aliasZone = zoneThatSeesIt;
    }

    String seenFrom(SimHost observer) {
      return alias != null && observer.zone.equals(aliasZone) ? alias : name;
    }

    void heal() {
      cutTo = null;
      extraUs = 0;
    }
  }
}
