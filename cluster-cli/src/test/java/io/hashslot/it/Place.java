package io.hashslot.it;

import java.util.List;

/**
 * Where a server runs.
 *
 * @param host its address, as others reach it
 * @param entry the words before its own that bring a process there
 */
record Place(String host, List<String> entry) {
  /** On this machine, reached over the loopback. */
  static final Place HERE = new Place("127.0.0.1", List.of());
}
