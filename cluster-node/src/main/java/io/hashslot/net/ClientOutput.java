package io.hashslot.net;

import io.hashslot.session.Link;
import io.hashslot.session.ReplyGate;
import io.hashslot.session.Session;
import io.hashslot.session.Told;
import io.hashslot.session.Traffic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import org.agrona.UnsafeApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes to one peer: replies are written into one buffer, which is handed to the socket at the
 * end of a batch, or held until what it tells of is safe ({@link HeldReplies}). Who takes too
 * little of it is disconnected.
 */
final class ClientOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ClientOutput.class);

  /** So little output is held against nobody: Redis' fixed buffers do not count, either. */
  private static final int UNCOUNTED_BYTES = 16 * 1024;

  /** No more is read from a client of which so much is held at the gate. */
  private static final long MOST_HELD_BYTES = 1 << 20;

  private final Channel channel;
  private final NettyLoop loop;
  private final BufferLimits limits;
  private final OutputBuffer buffer;
  private final Session session;
  private final Traffic traffic;
  private final HeldReplies gate;
  private final SoftLimitWatch softLimit = new SoftLimitWatch();
  private Link.@Nullable RawPeer raw;
  private long heldBytes;
  private int heldPieces;

  /** Its replies were let go, and it has not been told of it yet. */
  private boolean releasing;

  private boolean wasFull;

  ClientOutput(
      Channel channel,
      NettyLoop loop,
      BufferLimits limits,
      OutputBuffer buffer,
      Session session,
      Traffic traffic) {
    this.channel = channel;
    this.loop = loop;
    this.limits = limits;
    this.buffer = buffer;
    this.session = session;
    this.traffic = traffic;
    gate = loop.heldReplies();
  }

  /** The link was handed over to replication, whose limits count from now on. */
  void detach(Link.RawPeer peer) {
    raw = peer;
    if (peer.gathersPackets()) {
      channel.config().setOption(ChannelOption.TCP_NODELAY, false);
    }
  }

  /** Whether so much waits for the peer that nothing more should be executed for it. */
  boolean full() {
    return !channel.isWritable() || heldBytes > MOST_HELD_BYTES;
  }

  /** Sends what has been written, or lets it wait; closes if the session is to end then. */
  void flush() {
    ByteBuf full = buffer.take();
    if (full == null) {
      if (session.closing() && heldPieces == 0) {
        end();
      }
      return;
    }
    traffic.wrote(full.readableBytes());
    if (!holds(full)) {
      if (session.closing()) {
        channel.writeAndFlush(full).addListener(ChannelFutureListener.CLOSE);
      } else {
        channel.writeAndFlush(full, channel.voidPromise());
        checkLimits();
      }
    }
  }

  /** Sends bytes past the buffer, behind all that was written before. Copies them. */
  void sendRaw(long address, int length) {
    flush();
    ByteBuf bytes = channel.alloc().directBuffer(length);
    UnsafeApi.copyMemory(address, bytes.memoryAddress(), length);
    bytes.writerIndex(length);
    traffic.wrote(length);
    if (heldPieces == 0) {
      channel.writeAndFlush(bytes, channel.voidPromise());
      checkLimits();
    } else {
      hold(bytes, ReplyGate.AT_ONCE, Told.NOTHING);
    }
  }

  /** Holds the bytes if they may not leave yet, or not at all. */
  private boolean holds(ByteBuf bytes) {
    long era = session.told().take();
    ReplyGate at = gate.gate();
    long position = era == Told.NOTHING ? ReplyGate.AT_ONCE : at.position();
    if (heldPieces == 0 && at.passes(position) && at.refusal(position, era, 0) == null) {
      return false;
    }
    hold(bytes, position, era);
    return true;
  }

  private void hold(ByteBuf bytes, long position, long era) {
    heldBytes += bytes.readableBytes();
    heldPieces++;
    wasFull |= heldBytes > MOST_HELD_BYTES;
    gate.hold(this, bytes, position, era);
    if (!session.closing()) {
      checkLimits();
    }
  }

  /**
   * The bytes that were held first may go; {@link #released} follows once all are known that may.
   *
   * @param refusal what the client is told in place of each reply; null: the bytes themselves
   * @return whether it is the first time since then
   */
  boolean release(ByteBuf bytes, @Nullable String refusal) {
    heldBytes -= bytes.readableBytes();
    heldPieces--;
    if (!channel.isActive()) {
      bytes.release();
    } else if (refusal == null) {
      channel.write(bytes, channel.voidPromise());
    } else {
      refuse(bytes, refusal);
    }
    boolean first = !releasing;
    releasing = true;
    return first;
  }

  /** What a subscriber under RESP2 gets cannot be told from replies: it has to begin anew. */
  private void refuse(ByteBuf bytes, String refusal) {
    if (session.subscriber() && !session.reply().resp3()) {
      channel.close();
    } else {
      channel.write(RefusedReplies.of(bytes, refusal), channel.voidPromise());
    }
    bytes.release();
  }

  /** Sends what was released. */
  void released() {
    releasing = false;
    channel.flush();
    if (session.closed()) {
      return;
    }
    if (session.closing()) {
      if (heldPieces == 0) {
        end();
      }
      return;
    }
    checkLimits();
    if (wasFull && heldBytes <= MOST_HELD_BYTES) {
      wasFull = false;
      session.link().resume();
    }
  }

  private void end() {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Closes a client that does not take its replies; {@code client-output-buffer-limit}. */
  private void checkLimits() {
    long pending = pendingBytes();
    if (pending <= UNCOUNTED_BYTES) {
      softLimit.drained();
      return;
    }
    Link.RawPeer peer = raw;
    String problem;
    if (peer != null) {
      problem = peer.overLimit(pending);
    } else {
      BufferLimits.Limit limit = limits.of(session);
      long nowMs = limits.nowMs();
      long sinceMs = softLimit.since(limit, pending, nowMs);
      problem = limit.problem(pending, sinceMs, nowMs);
      if (sinceMs != 0 && sinceMs == nowMs) {
        // Looked at again when nothing more is sent to a peer that has stopped reading.
        var unused = loop.schedule(this::checkLimits, limit.softMs() + 1);
      }
    }
    if (problem != null) {
      LOG.warn(
          "Client id={} addr={} scheduled to be closed ASAP for overcoming of output buffer"
              + " limits.",
          session.id(),
          session.link().peer());
      limits.tooMuchOutput();
      channel.close();
    }
  }

  /** Bytes that the peer has not taken yet. */
  long pendingBytes() {
    return Outbound.bytes(channel) + heldBytes;
  }

  /** Into how many pieces these are cut. */
  int pendingPieces() {
    return Outbound.pieces(channel) + heldPieces;
  }

  /** The link is gone. What is held goes when its time has come. */
  void close() {
    buffer.release();
  }
}
