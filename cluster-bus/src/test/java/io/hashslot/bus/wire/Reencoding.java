package io.hashslot.bus.wire;

import io.hashslot.slot.SlotSet;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads everything a frame says through the accessors and writes it again with the encoder. */
final class Reencoding {
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final FrameEncoder encoder = new FrameEncoder();

  /** Offset in the target buffer: something else may stand before a frame. */
  private static final int AT = 3;

  byte[] of(BusFrame frame) {
    int length = frame.isLight() ? light(frame) : full(frame);
    return Arrays.copyOfRange(buffer.byteArray(), AT, AT + length);
  }

  private int light(BusFrame frame) {
    if (frame.type() == MessageType.MODULE) {
      ModuleBody body = frame.module();
      return encoder.lightModule(
          buffer, AT, body.moduleId(), body.moduleType(), view(body.payload()));
    }
    PublishBody body = frame.publish();
    return encoder.lightPublish(
        buffer, AT, frame.type(), view(body.channel()), view(body.message()));
  }

  private int full(BusFrame frame) {
    FrameHeader header = frame.header();
    encoder
        .begin(buffer, AT, frame.type())
        .port(header.port())
        .secondaryPort(header.secondaryPort())
        .busPort(header.busPort())
        .currentEpoch(header.currentEpoch())
        .configEpoch(header.configEpoch())
        .replicationOffset(header.replicationOffset())
        .sender(header.sender())
        .primary(header.primary())
        .announcedAddress(header.announcedAddress())
        .nodeFlags(header.nodeFlags())
        .clusterDown(header.isClusterDown())
        .messageFlags(header.messageFlags());
    SlotSet slots = new SlotSet();
    header.slotsTo(slots);
    encoder.slots(slots);
    body(frame);
    return encoder.finish();
  }

  private void body(BusFrame frame) {
    switch (frame.type()) {
      case PING, PONG, MEET -> gossipAndExtensions(frame);
      case FAIL -> encoder.failedNode(frame.failedNode());
      case PUBLISH, PUBLISHSHARD -> {
        PublishBody body = frame.publish();
        encoder.publish(view(body.channel()), view(body.message()));
      }
      case UPDATE -> {
        SlotSet slots = new SlotSet();
        frame.update().slotsTo(slots);
        encoder.update(frame.update().node(), frame.update().configEpoch(), slots);
      }
      case MODULE -> {
        ModuleBody body = frame.module();
        encoder.module(body.moduleId(), body.moduleType(), view(body.payload()));
      }
      case AUTH_REQUEST, AUTH_ACK, MFSTART, UNKNOWN -> {}
    }
  }

  private void gossipAndExtensions(BusFrame frame) {
    for (int i = 0; i < frame.gossipCount(); i++) {
      GossipEntry entry = frame.gossip(i);
      encoder.gossip(
          entry.node(),
          entry.pingSentS(),
          entry.pongReceivedS(),
          entry.address(),
          entry.port(),
          entry.busPort(),
          entry.secondaryPort(),
          entry.flags());
    }
    for (PingExtension extension = frame.firstExtension();
        extension != null;
        extension = frame.nextExtension()) {
      String text = extension.text();
      switch (extension.type()) {
        case PingExtension.HOSTNAME -> encoder.hostname(text);
        case PingExtension.HUMAN_NODENAME -> encoder.humanNodename(text);
        case PingExtension.FORGOTTEN_NODE ->
            encoder.forgottenNode(extension.forgottenNode(), extension.forgottenForS());
        case PingExtension.SHARD_ID -> encoder.shardId(extension.shardId());
        case PingExtension.CLIENT_IPV4 -> encoder.clientIpv4(text);
        case PingExtension.CLIENT_IPV6 -> encoder.clientIpv6(text);
        default -> {}
      }
    }
  }

  private static DirectBuffer view(byte[] bytes) {
    return new UnsafeBuffer(bytes);
  }
}
