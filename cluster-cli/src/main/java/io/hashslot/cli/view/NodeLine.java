package io.hashslot.cli.view;

import io.hashslot.resp.client.Endpoint;
import io.hashslot.slot.SlotRange;
import io.hashslot.slot.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of CLUSTER NODES: what one node says of another, or of itself. The format is {@code id
 * host:port@bus[,hostname] flags primary-id ping pong epoch link-state slot…}, as Redis 7.0.15 and
 * Valkey 8.0.1 write it; open slots stand in brackets, {@code [slot->-id]} migrating to and {@code
 * [slot-<-id]} importing from a node, and only on a node's own line.
 *
 * @param id 40 hexadecimal digits
 * @param endpoint for clients; the host may be empty, the port 0 if unknown
 * @param busPort for other nodes; 0 if unknown
 * @param flags such as {@code myself}, {@code master}, {@code fail?}
 * @param primaryId whom a replica follows; {@code null} for a primary
 * @param epoch the configuration epoch
 * @param connected whether the link to the node is up
 * @param slots the slots it serves
 * @param migrating slots on their way out, with the id of their target
 * @param importing slots on their way in, with the id of their source
 */
public record NodeLine(
    String id,
    Endpoint endpoint,
    int busPort,
    List<String> flags,
    @Nullable String primaryId,
    long epoch,
    boolean connected,
    SlotSet slots,
    Map<Integer, String> migrating,
    Map<Integer, String> importing) {

  /**
   * Reads a whole reply; what is no line of that format is left out.
   *
   * @param text the reply to CLUSTER NODES
   */
  public static List<NodeLine> parseAll(String text) {
    List<NodeLine> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      NodeLine parsed = parse(line.strip());
      if (parsed != null) {
        lines.add(parsed);
      }
    }
    return lines;
  }

  private static @Nullable NodeLine parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length < 8) {
      return null;
    }
    try {
      String address = fields[1].split(",", 2)[0];
      int at = address.indexOf('@');
      var slots = new SlotSet();
      Map<Integer, String> migrating = new TreeMap<>();
      Map<Integer, String> importing = new TreeMap<>();
      for (int i = 8; i < fields.length; i++) {
        String token = fields[i];
        if (token.startsWith("[")) {
          addOpen(token, migrating, importing);
        } else if (!token.isEmpty()) {
          slots.addRange(SlotRange.parse(token));
        }
      }
      return new NodeLine(
          fields[0],
          Endpoint.parse(at < 0 ? address : address.substring(0, at)),
          at < 0 ? 0 : Integer.parseInt(address.substring(at + 1)),
          List.of(fields[2].split(",", -1)),
          fields[3].equals("-") ? null : fields[3],
          Long.parseLong(fields[6]),
          fields[7].equals("connected"),
          slots,
          migrating,
          importing);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static void addOpen(
      String token, Map<Integer, String> migrating, Map<Integer, String> importing) {
    int out = token.indexOf("->-");
    int in = token.indexOf("-<-");
    int mark = Math.max(out, in);
    if (mark < 0) {
      throw new IllegalArgumentException(token);
    }
    int slot = Integer.parseInt(token.substring(1, mark));
    (out >= 0 ? migrating : importing).put(slot, token.substring(mark + 3, token.length() - 1));
  }

  /** Whether one of the flags is {@code flag}, exactly. */
  public boolean is(String flag) {
    return flags.contains(flag);
  }

  /** Whether this is a replica, as far as the speaker knows. */
  public boolean isReplica() {
    return is("slave") || is("replica");
  }
}
