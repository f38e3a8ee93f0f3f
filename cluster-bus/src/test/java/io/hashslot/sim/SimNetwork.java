package io.hashslot.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hosts and connections between them. By default a connection behaves like TCP: in order, nothing
 * lost. Faults make it worse than TCP ever is: messages vanish or overtake each other within a
 * connection, directions are cut so that everything sent there disappears, connection attempts
 * included.
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

    /** A message came. */
    void onMessage(byte[] message);

    /** The connection broke, was closed at the other end, or was refused. */
    void onClosed();
  }

  /** One end of a connection. */
  public final class End {
    private final String host;
    private final String remoteHost;
    private @Nullable Receiver receiver;
    private @Nullable End other;
    private boolean open = true;
    private long lastArrivalUs;

    private End(String host, String remoteHost) {
      this.host = host;
      this.remoteHost = remoteHost;
    }

    /** The host this end is at. */
    public String host() {
      return host;
    }

    /** The host at the other end. */
    public String remoteHost() {
      return remoteHost;
    }

    /** Sends; it may never arrive. The bytes belong to the network from now on. */
    public void send(byte[] message) {
      End target = other;
      if (!open || target == null || lost()) return;
      arriveAt(target, () -> target.deliver(message));
    }

    private boolean lost() {
      return isCut(host, remoteHost) || random.nextInt(1000) < lossPermille;
    }

    private void arriveAt(End target, Runnable arrival) {
      long arrivalUs = queue.nowUs() + delayUs();
      boolean overtakes = random.nextInt(1000) < reorderPermille;
      if (!overtakes) {
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
      open = false;
      ends.remove(this);
      End target = other;
      if (target == null || isCut(host, remoteHost)) return;
      arriveAt(target, target::broke);
    }

    private void broke() {
      if (!open) return;
      open = false;
      ends.remove(this);
      if (receiver != null) receiver.onClosed();
    }
  }

  private final EventQueue queue;
  private final RandomGenerator random;
  private final Map<String, Listener> listeners = new HashMap<>();
  private final List<End> ends = new ArrayList<>();
  private final Set<String> cuts = new HashSet<>();
  private int lossPermille;
  private int reorderPermille;
  private long minDelayUs = 100;
  private long maxDelayUs = 1_000;

  /** A network without faults. */
  public SimNetwork(EventQueue queue, RandomGenerator random) {
    this.queue = queue;
    this.random = random;
  }

  /** Opens an address, {@code host:port}. */
  public void listen(String address, Listener listener) {
    listeners.put(address, listener);
  }

  /** Connects from a host to an address. */
  public End connect(String fromHost, String address, Receiver receiver) {
    String toHost = address.substring(0, address.lastIndexOf(':'));
    End near = new End(fromHost, toHost);
    near.receiver = receiver;
    ends.add(near);
    queue.after(delayUs(), () -> handshake(near, address));
    return near;
  }

  private void handshake(End near, String address) {
    if (!near.open || isCut(near.host, near.remoteHost) || isCut(near.remoteHost, near.host)) {
      return;
    }
    Listener listener = listeners.get(address);
    if (listener == null) {
      near.broke();
      return;
    }
    End far = new End(near.remoteHost, near.host);
    far.other = near;
    near.other = far;
    ends.add(far);
    far.receiver = listener.onAccept(far);
    Receiver receiver = near.receiver;
    far.arriveAt(
        near,
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
    for (End end : List.copyOf(ends)) {
      if (!end.host.equals(host)) continue;
      if (noticed) {
        end.close();
      } else {
        end.open = false;
        ends.remove(end);
      }
    }
  }

  /** From now on nothing sent from one host reaches the other; not the way back. */
  public void cut(String fromHost, String toHost) {
    cuts.add(fromHost + ">" + toHost);
  }

  /** Whether that direction is cut. */
  public boolean isCut(String fromHost, String toHost) {
    return cuts.contains(fromHost + ">" + toHost);
  }

  /** Sets how many of a thousand messages vanish, and how many may overtake others. */
  public void unreliable(int lossPermille, int reorderPermille) {
    this.lossPermille = lossPermille;
    this.reorderPermille = reorderPermille;
  }

  /** Sets how long a message takes. */
  public void delays(long minUs, long maxUs) {
    this.minDelayUs = minUs;
    this.maxDelayUs = maxUs;
  }

  /** Takes all faults away. What was lost stays lost. */
  public void heal() {
    cuts.clear();
    unreliable(0, 0);
    delays(100, 1_000);
  }

  private long delayUs() {
    return random.nextLong(minDelayUs, maxDelayUs + 1);
  }
}
