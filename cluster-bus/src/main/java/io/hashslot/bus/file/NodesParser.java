package io.hashslot.bus.file;

import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.DurableState.NodeRecord;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotRange;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the text of nodes.conf, line by line. Strict where Valkey 8.0.1 is, because a damaged file
 * must not be taken for a state. One thing it refuses is mended instead: a replica whose shard
 * differs from that of its primary takes the primary's, since a crash between two announcements of
 * a healthy cluster leaves such a file behind.
 */
final class NodesParser {
  static final String CLIENT_IPV4 = "client-ipv4";
  static final String CLIENT_IPV6 = "client-ipv6";
  static final String NODENAME = "nodename";
  static final String SHARD_ID = "shard-id";
  static final String TCP_PORT = "tcp-port";
  static final String TLS_PORT = "tls-port";

  private static final Logger LOG = LoggerFactory.getLogger(NodesParser.class);

  /** Marks that no value of a key may have: they separate or are kept for later formats. */
  private static final String FORBIDDEN_MARKS = "!#$%&()*+;<>?@[]^{|}~";

  private static final int COLUMNS_BEFORE_SLOTS = 8;
  private static final int MAX_PORT = 65535;
  private static final int BUS_PORT_DISTANCE = 10_000;

  private final boolean tlsCluster;
  private final Map<NodeId, NodeRecord> nodes = new LinkedHashMap<>();

  /** Names that stand in a file without a line of their own. */
  private final List<NodeId> mentioned = new ArrayList<>();

  private long currentEpoch;
  private long lastVoteEpoch;
  private int lineNumber;

  NodesParser(boolean tlsCluster) {
    this.tlsCluster = tlsCluster;
  }

  DurableState parse(String text) throws CorruptNodesFileException {
    for (String line : text.split("\n", -1)) {
      lineNumber++;
      String[] columns = line.strip().split("\\s+");
      if (columns[0].isEmpty()) {
        continue;
      }
      if (columns[0].equals("vars")) {
        parseVariables(columns);
      } else {
        parseNode(columns);
      }
    }
    long selves = nodes.values().stream().filter(n -> has(n, NodeFlags.MYSELF)).count();
    if (selves != 1) {
      throw new CorruptNodesFileException(selves + " nodes are marked as myself");
    }
    for (NodeId id : mentioned) {
      nodes.computeIfAbsent(id, NodesParser::placeholder);
    }
    List<NodeRecord> records = new ArrayList<>();
    for (NodeRecord node : nodes.values()) {
      records.add(inShardOfPrimary(node));
      currentEpoch = Math.max(currentEpoch, node.configEpoch());
    }
    return new DurableState(currentEpoch, lastVoteEpoch, List.copyOf(records));
  }

  private void parseVariables(String[] columns) throws CorruptNodesFileException {
    if (columns.length % 2 == 0) {
      throw corrupt("a variable without a value");
    }
    for (int i = 1; i < columns.length; i += 2) {
      switch (columns[i]) {
        case "currentEpoch" -> currentEpoch = epoch(columns[i + 1]);
        case "lastVoteEpoch" -> lastVoteEpoch = epoch(columns[i + 1]);
        case Stamp.NUMBER, Stamp.CHECKSUM -> LOG.trace("line {} is stamped", lineNumber);
        default -> LOG.warn("Skipping unknown cluster config variable '{}'", columns[i]);
      }
    }
  }

  private void parseNode(String[] columns) throws CorruptNodesFileException {
    if (columns.length < COLUMNS_BEFORE_SLOTS) {
      throw corrupt("a node needs " + COLUMNS_BEFORE_SLOTS + " columns");
    }
    NodeId id = nodeId(columns[0]);
    Address address = new Address(columns[1]);
    int flags = flags(columns[2]);
    NodeId primary = columns[3].equals("-") ? null : mention(columns[3]);
    SlotSet slots = new SlotSet();
    Map<Integer, NodeId> migrating = new TreeMap<>();
    Map<Integer, NodeId> importing = new TreeMap<>();
    for (int i = COLUMNS_BEFORE_SLOTS; i < columns.length; i++) {
      if (columns[i].startsWith("[")) {
        parseOpenSlot(columns[i], migrating, importing);
      } else {
        slots.addRange(range(columns[i]));
      }
    }
    NodeRecord node =
        new NodeRecord(
            id,
            address.ip,
            address.tcpPort,
            address.tlsPort,
            address.busPort,
            address.hostname,
            address.nodename,
            address.clientIpv4,
            address.clientIpv6,
            address.shard,
            flags,
            primary,
            number(columns[4]),
            number(columns[5]),
            primary != null && (flags & NodeFlags.REPLICA) != 0 ? 0 : epoch(columns[6]),
            columns[7].equals("connected"),
            slots,
            migrating,
            importing);
    if (nodes.put(id, node) != null) {
      throw corrupt("the node has a line already");
    }
  }

  /** Of the forms {@code [50->-id]} and {@code [50-<-id]}. */
  private void parseOpenSlot(
      String text, Map<Integer, NodeId> migrating, Map<Integer, NodeId> importing)
      throws CorruptNodesFileException {
    int dash = text.indexOf('-');
    if (dash < 0 || !text.endsWith("]")) {
      throw corrupt("malformed open slot '" + text + "'");
    }
    String arrow = text.substring(dash, Math.min(text.length(), dash + 3));
    int slot = (int) number(text.substring(1, dash));
    if (!Slots.isValid(slot)) {
      throw corrupt("no slot: " + slot);
    }
    NodeId node = mention(text.substring(Math.min(text.length(), dash + 3), text.length() - 1));
    switch (arrow) {
      case "->-" -> migrating.put(slot, node);
      case "-<-" -> importing.put(slot, node);
      default -> throw corrupt("malformed open slot '" + text + "'");
    }
  }

  /** The second column. Its instance lives for one line. */
  private final class Address {
    private final String ip;
    private final int busPort;
    private String hostname = "";
    private String nodename = "";
    private String clientIpv4 = "";
    private String clientIpv6 = "";
    private int tcpPort = -1;
    private int tlsPort = -1;
    private @Nullable NodeId shard;

    Address(String column) throws CorruptNodesFileException {
      String[] fields = column.split(",", -1);
      String socket = fields[0];
      int at = socket.indexOf('@');
      String ipAndPort = at < 0 ? socket : socket.substring(0, at);
      int colon = ipAndPort.lastIndexOf(':');
      if (colon < 0) {
        throw corrupt("an address without a port");
      }
      ip = ipAndPort.substring(0, colon);
      int port = port(ipAndPort.substring(colon + 1));
      busPort = at < 0 ? port + BUS_PORT_DISTANCE : port(socket.substring(at + 1));
      if (fields.length > 1) {
        hostname = fields[1];
      }
      for (int i = 2; i < fields.length; i++) {
        parseField(fields[i]);
      }
      // Without both keys the file is of Redis 7.0, whose port is the one of the cluster's own
      // kind.
      boolean portIsTls = tlsPort < 0 && (tcpPort >= 0 || tlsCluster);
      tcpPort = tcpPort >= 0 ? tcpPort : portIsTls ? 0 : port;
      tlsPort = tlsPort >= 0 ? tlsPort : portIsTls ? port : 0;
    }

    private void parseField(String field) throws CorruptNodesFileException {
      int equals = field.indexOf('=');
      String key = equals < 0 ? field : field.substring(0, equals);
      String value = equals < 0 ? "" : field.substring(equals + 1);
      if (value.isEmpty() || !isAllowed(value)) {
        throw corrupt("malformed field '" + field + "'");
      }
      switch (key) {
        case SHARD_ID -> shard = nodeId(value);
        case NODENAME -> nodename = value;
        case TCP_PORT -> tcpPort = port(value);
        case TLS_PORT -> tlsPort = port(value);
        case CLIENT_IPV4 -> clientIpv4 = value;
        case CLIENT_IPV6 -> clientIpv6 = value;
        default -> throw corrupt("unknown field '" + key + "'");
      }
    }

    private boolean isAllowed(String value) {
      return value.chars().noneMatch(c -> c == '=' || FORBIDDEN_MARKS.indexOf(c) >= 0);
    }
  }

  /** A node that others name although it has no line: known, but without an address. */
  private static NodeRecord placeholder(NodeId id) {
    return new NodeRecord(
        id,
        "",
        0,
        0,
        0,
        "",
        "",
        "",
        "",
        null,
        NodeFlags.NOADDR,
        null,
        0,
        0,
        0,
        false,
        new SlotSet(),
        Map.of(),
        Map.of());
  }

  private NodeRecord inShardOfPrimary(NodeRecord node) {
    NodeRecord primary = node.primary() == null ? null : nodes.get(node.primary());
    NodeId shard = primary == null ? null : primary.shard();
    if (shard == null || shard.equals(node.shard())) {
      return node;
    }
    if (node.shard() != null) {
      LOG.debug("Node {} is moved to the shard of its primary", node.id());
    }
    return new NodeRecord(
        node.id(),
        node.ip(),
        node.port(),
        node.tlsPort(),
        node.busPort(),
        node.hostname(),
        node.nodename(),
        node.clientIpv4(),
        node.clientIpv6(),
        shard,
        node.flags(),
        node.primary(),
        node.pingSentWallMs(),
        node.pongReceivedWallMs(),
        node.configEpoch(),
        node.linkUp(),
        node.slots(),
        node.migrating(),
        node.importing());
  }

  private static boolean has(NodeRecord node, int flag) {
    return (node.flags() & flag) != 0;
  }

  private NodeId mention(String text) throws CorruptNodesFileException {
    NodeId id = nodeId(text);
    mentioned.add(id);
    return id;
  }

  private NodeId nodeId(String text) throws CorruptNodesFileException {
    if (!NodeId.isValid(text)) {
      throw corrupt("no node id: '" + text + "'");
    }
    return new NodeId(text);
  }

  private int flags(String text) throws CorruptNodesFileException {
    try {
      return NodeFlags.parse(text);
    } catch (IllegalArgumentException e) {
      throw corrupt(e.getMessage());
    }
  }

  private SlotRange range(String text) throws CorruptNodesFileException {
    try {
      return SlotRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw corrupt(e.getMessage());
    }
  }

  private int port(String text) throws CorruptNodesFileException {
    long port = number(text);
    if (port > MAX_PORT) {
      throw corrupt("no port: " + text);
    }
    return (int) port;
  }

  private long epoch(String text) throws CorruptNodesFileException {
    return number(text);
  }

  /** Decimal digits only, up to 2^63 - 1. */
  private long number(String text) throws CorruptNodesFileException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && text.charAt(0) != '+') {
        return number;
      }
    } catch (NumberFormatException e) {
      LOG.trace("not a number", e);
    }
    throw corrupt("no number: '" + text + "'");
  }

  private CorruptNodesFileException corrupt(@Nullable String reason) {
    return new CorruptNodesFileException(lineNumber, String.valueOf(reason));
  }
}
