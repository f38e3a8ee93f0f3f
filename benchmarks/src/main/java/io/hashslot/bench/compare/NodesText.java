package io.hashslot.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A reply to CLUSTER NODES.
 *
 * @param rows one for each node that the teller knows, itself included
 */
record NodesText(List<Row> rows) {

  /**
   * A node.
   *
   * @param id its name
   * @param port for clients
   * @param flags such as {@code master} and {@code fail}
   * @param primary the id of its primary; {@code -} if it has none
   * @param slots ranges, as they stand there
   */
  record Row(String id, int port, List<String> flags, String primary, List<String> slots) {

    boolean is(String flag) {
      return flags.contains(flag);
    }

    /** Whether it owns a slot. */
    boolean owns(int slot) {
      for (String range : slots) {
        if (range.startsWith("[")) continue;
        String[] ends = range.split("-");
        if (slot >= Integer.parseInt(ends[0]) && slot <= Integer.parseInt(ends[ends.length - 1])) {
          return true;
        }
      }
      return false;
    }

    private static Row parse(String line) {
      String[] columns = line.split(" ");
      String address = columns[1].substring(0, columns[1].indexOf('@'));
      return new Row(
          columns[0],
          Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)),
          List.of(columns[2].split(",")),
          columns[3],
          Arrays.asList(columns).subList(8, columns.length));
    }
  }

  static NodesText parse(String text) {
    return new NodesText(text.lines().map(Row::parse).toList());
  }

  /** Returns the node with this client port; one that is not known has no flags. */
  Row at(int port) {
    return rows.stream()
        .filter(row -> row.port == port)
        .findFirst()
        .orElse(new Row("", port, List.of(), "-", List.of()));
  }

  /** Says who has which role and slots, the same for all who agree about it. */
  String agreement() {
    var lines = new TreeSet<String>();
    for (Row row : rows) {
      String role = row.is("master") ? "master" : "slave";
      boolean well = !row.is("fail") && !row.is("fail?") && !row.is("handshake");
      lines.add(row.id + " " + role + " " + row.primary + " " + well + " " + row.slots);
    }
    return String.join("\n", lines);
  }
}
