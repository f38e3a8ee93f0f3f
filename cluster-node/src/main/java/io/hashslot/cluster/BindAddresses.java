package io.hashslot.cluster;

import java.util.ArrayList;
import java.util.List;

/** The directive {@code bind} as the bus takes it. */
final class BindAddresses {
  private BindAddresses() {}

  /** Returns the addresses to listen on; empty for all. */
  static List<String> literals(List<String> bind) {
    List<String> literals = new ArrayList<>();
    for (String address : bind) {
      String plain = address.startsWith("-") ? address.substring(1) : address;
      if (plain.equals("*") || plain.equals("::*")) {
        return List.of();
      }
      if (!address.startsWith("-")) {
        literals.add(plain);
      }
    }
    return literals;
  }
}
