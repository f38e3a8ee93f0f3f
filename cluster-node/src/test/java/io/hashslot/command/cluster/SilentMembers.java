package io.hashslot.command.cluster;

import io.hashslot.bus.wire.FrameEncoder;
import io.hashslot.bus.wire.MessageFlags;
import io.hashslot.bus.wire.MessageType;
import io.hashslot.bus.wire.NodeFlags;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.ExpandableArrayBuffer;

/**
 * The other members of a cluster that is made by hand: nodes.conf tells of them, all are reached at
 * one port that says nothing, and each may say one thing itself. Half of them are primaries, whose
 * slots lie in pieces all over the table; member 0 is the server that is asked.
 */
final class SilentMembers implements AutoCloseable {
  private static final int CLIENT_PORT = 7000;

  private final int primaries;
  private final int pieces;
  private final ServerSocket bus = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /**
   * Makes them.
   *
   * @param primaries each has a replica
   * @param pieces of neighbouring slots that each primary has
   */
  SilentMembers(int primaries, int pieces) throws IOException {
    this.primaries = primaries;
    this.pieces = pieces;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        sockets.add(bus.accept());
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  static NodeId id(int member) {
    return new NodeId(String.format(Locale.ROOT, "%08x%032x", member * 0x9e3779b1, member));
  }

  /** Every seventh primary and every fifth replica is called failed. */
  private boolean failed(int member) {
    return member > 0 && (isPrimary(member) ? member % 7 == 3 : (member - primaries) % 5 == 2);
  }

  /** Of primaries all is known; every fifth replica says nothing, so it may have no data yet. */
  private boolean mute(int member) {
    return isPrimary(member) || (member - primaries) % 5 == 4;
  }

  private boolean isPrimary(int member) {
    return member < primaries;
  }

  private int primaryOf(int replica) {
    return replica - primaries;
  }

  int size() {
    return 2 * primaries;
  }

  /** How many of them {@link #speak}. */
  int speakers() {
    int count = 0;
    for (int member = 0; member < size(); member++) {
      if (!mute(member)) count++;
    }
    return count;
  }

  private SlotSet slots(int primary) {
    SlotSet slots = new SlotSet();
    int all = primaries * pieces;
    for (int piece = 0; piece < pieces; piece++) {
      int place = piece * primaries + primary;
      slots.addRange(place * Slots.COUNT / all, (place + 1) * Slots.COUNT / all - 1);
    }
    return slots;
  }

  /** Writes nodes.conf for the server that is member 0. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder text = new StringBuilder();
    for (int member = 0; member < size(); member++) {
      boolean primary = isPrimary(member);
      String flags =
          (member == 0 ? "myself," : "")
              + (primary ? "master" : "slave")
              + (failed(member) ? ",fail" : "");
      int shard = primary ? member : primaryOf(member);
      text.append(
          String.format(
              Locale.ROOT,
              "%s 127.0.0.1:%d@%d,%s,tls-port=0,shard-id=%s %s %s 0 0 %d connected%s%n",
              id(member),
              CLIENT_PORT + member,
              bus.getLocalPort(),
              primary && member % 3 == 1 ? "host" + member + ".example.com" : "",
              id(shard),
              flags,
              primary ? "-" : id(shard),
              shard + 1,
              primary ? " " + slots(member) : ""));
    }
    text.append("vars currentEpoch " + size() + " lastVoteEpoch 0\n");
    Files.writeString(folder.resolve("nodes.conf"), text);
  }

  /** Replicas that are not mute tell a server how much they have. */
  void speak(int busPort) throws IOException {
    for (int member = primaries; member < size(); member++) {
      if (mute(member)) continue;
      ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
      int length =
          new FrameEncoder()
              .begin(buffer, 0, MessageType.PONG)
              .sender(id(member))
              .primary(id(primaryOf(member)))
              .port(CLIENT_PORT + member)
              .busPort(bus.getLocalPort())
              .currentEpoch(size())
              .configEpoch(primaryOf(member) + 1)
              .slots(slots(primaryOf(member)))
              .replicationOffset(1_000_000L + member)
              .nodeFlags(NodeFlags.REPLICA)
              .messageFlags(MessageFlags.EXTENSION_DATA)
              .shardId(id(primaryOf(member)).text())
              .finish();
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), busPort);
      sockets.add(socket);
      socket.getOutputStream().write(buffer.byteArray(), 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    bus.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
