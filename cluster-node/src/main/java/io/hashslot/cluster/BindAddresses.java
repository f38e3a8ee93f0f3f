package io.hashslot.cluster;

import java.util.ArrayList;
import java.util.List;

/** The directive {@code bind} as the bus takes it. */
final class BindAddresses {
  private BindAddresses() {}

  /** Returns the addresses to listen on, optional ones with a minus in front; empty for all. */
  static List<String> ofBus(List<String> bind) {
    List<String> addresses = new ArrayList<>();
    boolean all4 = false;
    boolean all6 = false;
    for (String address : bind) {
      switch (address) {
        case "*", "-*" -> all4 = true;
        case "::*", "-::*" -> all6 = true;
        default -> addresses.add(address);
      }
    }
    if (all4 && all6) {
      return List.of();
    }
    // Whoever listens on all addresses of a kind has the single ones, too.
    if (all4) {
      addresses.removeIf(address -> address.indexOf(':') < 0);
      addresses.add("0.0.0.0");
    } else if (all6) {
      return List.of("::");
    }
    return addresses;
  }
}
