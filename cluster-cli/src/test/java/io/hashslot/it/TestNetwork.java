package io.hashslot.it;

import io.hashslot.peer.LastWill;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machines on a switch, as network namespaces, with the kind of address that is {@linkplain
 * Reach#ASKED_FOR asked for}. Their cables can be pulled out, and each can lose the way to each
 * other one: what is sent does not arrive any more, and nobody is told. The tests themselves are on
 * the switch, too, and go on talking to a machine that lost others. Needs root and iproute2;
 * without, the test is skipped.
 */
final class TestNetwork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TestNetwork.class);

  /** Nobody has it: what is sent there is lost without a word. */
  private static final String NOBODY = "02:00:00:00:00:01";

  private final int number;
  private final boolean ipv6;
  private final List<Place> places;

  private TestNetwork(int number, boolean ipv6, int machines) {
    this.number = number;
    this.ipv6 = ipv6;
    places =
        IntStream.range(0, machines)
            .mapToObj(i -> new Place(address(10 + i), List.of("ip", "netns", "exec", namespace(i))))
            .toList();
  }

  private String address(int host) {
    return ipv6 ? "fd13:" + number + "::" + host : "10.213." + number + "." + host;
  }

  /** The words of ip that give a device an address. */
  private List<String> addressing(String address, String device) {
    // Nobody else can have it, so nobody need be asked whether he has.
    return ipv6
        ? List.of("addr", "add", address + "/64", "dev", device, "nodad")
        : List.of("addr", "add", address + "/24", "dev", device);
  }

  private String namespace(int i) {
    return "hashslot-" + number + "-" + i;
  }

  private String cable(int i) {
    return "hsc" + number + "x" + i;
  }

  private String bridge() {
    return "hsb" + number;
  }

  /** Makes so many machines; skips the test where that is not allowed. */
  static TestNetwork open(int machines) throws InterruptedException {
    TestNetwork network = openIfAllowed(machines);
    if (network == null) return Assumptions.abort("no network namespaces: needs root and iproute2");
    return network;
  }

  /** Makes so many machines; null where that is not allowed. */
  static @Nullable TestNetwork openIfAllowed(int machines) throws InterruptedException {
    TestNetwork network;
    String refusal;
    do {
      // The switch goes to whoever makes it first, and the number with it.
      network =
          new TestNetwork(new SplittableRandom().nextInt(1, 255), Reach.ASKED_FOR.ipv6(), machines);
      refusal = ip(List.of("link", "add", network.bridge(), "type", "bridge"));
    } while (refusal.contains("File exists"));
    if (refusal.isEmpty()) {
      refusal = network.build();
      if (refusal.isEmpty()) return network;
      network.close();
    }
    LOG.warn("no network namespaces here: {}", refusal);
    return null;
  }

  private String build() throws InterruptedException {
    List<List<String>> steps = new ArrayList<>();
    steps.add(addressing(address(1), bridge()));
    steps.add(List.of("link", "set", bridge(), "up"));
    LastWill.command("ip link del " + bridge());
    for (int i = 0; i < places.size(); i++) {
      String space = namespace(i);
      LastWill.command("ip netns del " + space);
      steps.add(List.of("netns", "add", space));
      steps.add(
          List.of("link", "add", cable(i), "type", "veth", "peer", "name", "eth0", "netns", space));
      steps.add(List.of("link", "set", cable(i), "master", bridge(), "up"));
      List<String> addressing = new ArrayList<>(List.of("-n", space));
      addressing.addAll(addressing(places.get(i).host(), "eth0"));
      steps.add(addressing);
      steps.add(List.of("-n", space, "link", "set", "eth0", "up"));
      steps.add(List.of("-n", space, "link", "set", "lo", "up"));
    }
    for (List<String> step : steps) {
      String complaint = ip(step);
      if (!complaint.isEmpty()) return String.join(" ", step) + ": " + complaint;
    }
    return "";
  }

  /** Runs ip; what it complains of, empty if nothing. */
  private static String ip(List<String> words) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(words);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) return "does not end";
      return process.exitValue() == 0 ? "" : said.strip() + " (" + process.exitValue() + ")";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void must(String... words) {
    try {
      String complaint = ip(List.of(words));
      if (!complaint.isEmpty()) throw new AssertionError(List.of(words) + ": " + complaint);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  List<Place> places() {
    return places;
  }

  /** All machines but some. */
  List<Place> othersThan(Collection<Place> some) {
    return places.stream().filter(place -> !some.contains(place)).toList();
  }

  /** From now on nothing gets from or to a machine, the tests included. */
  void unplug(Place place) {
    must("link", "set", "dev", cable(places.indexOf(place)), "down");
  }

  /** From now on nothing gets from the ones to the others; what comes the other way arrives. */
  void silence(Collection<Place> ones, Collection<Place> others) {
    for (Place from : ones) {
      String space = namespace(places.indexOf(from));
      for (Place to : others) {
        must(
            "-n",
            space,
            "neigh",
            "replace",
            to.host(),
            "lladdr",
            NOBODY,
            "dev",
            "eth0",
            "nud",
            "permanent");
      }
    }
  }

  /** From now on nothing gets from the ones to the others, nor back. The tests hear both. */
  void part(Collection<Place> ones, Collection<Place> others) {
    silence(ones, others);
    silence(others, ones);
  }

  /** Puts all cables in again and opens all ways. */
  void heal() {
    for (int i = 0; i < places.size(); i++) {
      must("link", "set", "dev", cable(i), "up");
      must("-n", namespace(i), "neigh", "flush", "dev", "eth0", "nud", "permanent");
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (int i = 0; i < places.size(); i++) ip(List.of("netns", "del", namespace(i)));
    ip(List.of("link", "del", bridge()));
  }
}
