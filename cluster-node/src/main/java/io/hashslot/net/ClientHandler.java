package io.hashslot.net;

import io.hashslot.resp.OutputTooLargeException;
import io.hashslot.resp.ProtocolException;
import io.hashslot.resp.Request;
import io.hashslot.resp.RequestParser;
import io.hashslot.session.Engine;
import io.hashslot.session.Link;
import io.hashslot.session.Session;
import io.hashslot.session.Traffic;
import io.hashslot.session.Waiting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, straight on the buffer: requests are parsed where the socket left them and
 * executed there; replies of the whole batch go into one buffer, flushed once.
 *
 * <p>Bytes are copied only when a batch ends within a request, or when the session has to wait:
 * what is left over moves to {@code held}, and reading from the socket pauses while nothing can
 * run. So neither a slow reader nor a fast writer can make the node hold more than the limits
 * allow.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

  /** Commands of one connection before the others of its loop get their turn. */
  private static final int TURN = 1024;

  /**
   * Who sends so much at once may go on with it, without waiting for replies. Under io_uring the
   * system fills all receive buffers of a loop from such a socket before it looks at others, again
   * and again; so its turn does not begin anew with each of them.
   */
  private static final int FULL_WINDOW_BYTES = 16 * 1024;

  /** Input that a client may have here before it has authenticated. */
  private static final int UNAUTHENTICATED_INPUT_BYTES = 1024 * 1024;

  /** Room that is made for the rest of one argument, at least. */
  private static final int ROOM_AT_ONCE = 64 * 1024 * 1024;

  /** Input that is read from a client that waits for others. */
  private static final int INPUT_WHILE_BLOCKED = 16 * 1024;

  /** Replies of one batch are sent early when they reach this, to keep buffers small. */
  private static final int EARLY_FLUSH_BYTES = 1024 * 1024;

  private final Engine engine;
  private final NettyLoop loop;
  private final Channel channel;
  private final Endpoint endpoint;
  private final RequestParser parser = new RequestParser();
  private final OutputBuffer output;
  private final Traffic traffic = new Traffic();
  private final Session session;
  private final ClientOutput toPeer;
  private final BufferLimits limits;

  /** Bytes that were read but not executed; the parser's base is its first byte. */
  private @Nullable ByteBuf held;

  private @Nullable RawPeer raw;
  private @Nullable ImportTurn importTurn;
  private boolean reading = true;
  private boolean parked;

  /** The turn was over with requests left: others of the loop come first, and no more is read. */
  private boolean yielded;

  /** The peer sends no more; once what it has sent is answered, the link closes. */
  private boolean inputEnded;

  /** Commands that are left of this turn. */
  private int turn = TURN;

  private boolean running;
  private boolean readingBatch;
  private boolean flushQueued;

  ClientHandler(
      Engine engine,
      NettyLoop loop,
      Channel channel,
      Endpoint endpoint,
      BufferLimits limits,
      long id,
      long maxBulkBytes,
      long nowMs) {
    this.engine = engine;
    this.loop = loop;
    this.channel = channel;
    this.endpoint = endpoint;
    this.limits = limits;
    parser.maxBulkBytes(maxBulkBytes);
    output = new OutputBuffer(channel.alloc());
    session = new Session(id, this, loop, output, nowMs);
    toPeer = new ClientOutput(channel, loop, limits, output, session, traffic);
  }

  Session session() {
    return session;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    engine.opened(session);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    int size = in.readableBytes();
    traffic.read(size);
    if (size < FULL_WINDOW_BYTES) {
      turn = TURN;
    }
    readingBatch = true;
    try {
      if (session.closing() || session.closed()) {
        return;
      }
      if (held != null || stalled() || !in.hasMemoryAddress()) {
        if (!hold(in)) {
          return;
        }
        if (!parked && !yielded) {
          runHeld();
        }
      } else {
        parser.begin(0);
        int limit = in.readableBytes();
        run(in.memoryAddress() + in.readerIndex(), limit);
        int used = parser.consumed();
        if (used < limit && !session.closing() && !session.closed()) {
          in.skipBytes(used);
          parser.movedToBase();
          hold(in);
        }
      }
    } finally {
      in.release();
    }
    readOn();
  }

  /**
   * Appends input to what is held; room for the rest of a large argument is made at once.
   *
   * @return false if that is more than a client may have: the link closes
   */
  private boolean hold(ByteBuf in) {
    int more = in.readableBytes();
    ByteBuf mine = held;
    int before = mine == null ? 0 : mine.readableBytes();
    long limit = session.authenticated() ? limits.inputBytes() : UNAUTHENTICATED_INPUT_BYTES;
    if ((long) before + more > limit && raw == null) {
      LOG.warn(
          "Client id={} addr={} closed: its query buffer of {} bytes is over the limit",
          session.id(),
          peer(),
          (long) before + more);
      limits.tooMuchInput();
      closeNow();
      return false;
    }
    if (mine == null) {
      int room = more + Math.min(parser.missing(more), ROOM_AT_ONCE);
      mine = channel.alloc().directBuffer(Math.max(1024, room));
      held = mine;
      if (!parser.midRequest() && !parked) {
        parser.begin(0);
      }
    } else if (mine.writableBytes() < more) {
      // Netty grows large buffers by a few megabytes at a time: too many copies.
      int missing = parser.missing(mine.writerIndex() + more);
      mine.ensureWritable(more + Math.min(missing, Math.max(ROOM_AT_ONCE, before)));
    }
    mine.writeBytes(in);
    return true;
  }

  private void runHeld() {
    ByteBuf mine = held;
    if (mine == null || mustWait()) {
      return;
    }
    run(mine.memoryAddress(), mine.writerIndex());
    if (held != mine) {
      return;
    }
    int used = parser.consumed();
    if (used == mine.writerIndex() || session.closing()) {
      mine.release();
      held = null;
    } else if (used > 0) {
      mine.readerIndex(used);
      // A turn after the other may take its part of megabytes: no byte is moved more than once.
      if (used >= mine.readableBytes()) {
        mine.discardReadBytes();
        parser.movedToBase();
      }
    }
  }

  /** Whether no more input is wanted for now. */
  private boolean stalled() {
    return parked || yielded || mustWait();
  }

  /** Whether nothing may run now, not even a request that was parked and may try again. */
  private boolean mustWait() {
    // A replica's acknowledgements are read however much of the stream waits for it.
    return session.isWaiting() || (raw == null && toPeer.full());
  }

  /** Executes requests of a window until it ends or the session must wait. */
  private void run(long base, int limit) {
    running = true;
    ImportTurn ofImport = session.applied() ? beginImportTurn() : null;
    if (ofImport == null) {
      loop.countClientTurn();
    }
    int prepared = 0;
    try {
      while (!session.isWaiting() && !session.closing() && !session.closed()) {
        if (!parked && parser.consumed() >= prepared) {
          prepared = engine.prepare(session, base, parser.consumed(), limit);
        }
        Request request = parked ? parser.again(base) : parser.next(base, limit);
        parked = false;
        if (request == null) {
          return;
        }
        if (raw != null) {
          raw.onRequest(request);
        } else if (!engine.execute(session, request)) {
          parked = true;
          return;
        }
        parser.accept();
        if (output.position() > EARLY_FLUSH_BYTES) {
          toPeer.flush();
        }
        if (ofImport != null) {
          if (ofImport.over(parser.consumed())) {
            yielded = true;
            loop.afterOthers(this::resume, ofImport.pauseNs());
            return;
          }
        } else if (--turn == 0) {
          turn = TURN;
          yielded = true;
          loop.afterOthers(this::resume);
          return;
        }
        if (raw == null && toPeer.full()) {
          return;
        }
      }
    } catch (ProtocolException problem) {
      engine.protocolError(session, String.valueOf(problem.getMessage()));
    } catch (OutputTooLargeException problem) {
      LOG.warn("Client id={} addr={} closed: {}", session.id(), peer(), problem.getMessage());
      closeNow();
    } finally {
      running = false;
      if (ofImport != null) {
        ofImport.end(parser.consumed());
      }
    }
  }

  private ImportTurn beginImportTurn() {
    ImportTurn begun = importTurn;
    if (begun == null) {
      begun = new ImportTurn(loop::nowNs, loop::clientTurns);
      importTurn = begun;
    }
    begun.begin(parser.consumed());
    return begun;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    readingBatch = false;
    engine.batchEnd();
    toPeer.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable()) {
      RawPeer peer = raw;
      if (peer != null) {
        peer.onWritable();
      }
      resume();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (held != null) {
      held.release();
      held = null;
    }
    session.onClosed();
    RawPeer peer = raw;
    if (peer != null) {
      peer.onClosed();
    }
    engine.closed(session);
    toPeer.close();
    parser.release();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable problem) {
    if (problem instanceof IOException || problem.getCause() instanceof SSLException) {
      LOG.debug("Client id={} addr={} lost: {}", session.id(), peer(), problem.getMessage());
    } else {
      LOG.error("Client id={} addr={} closed after a fault of ours", session.id(), peer(), problem);
    }
    ctx.close();
  }

  /**
   * Lets the socket read on or not; told to it only when it changes, for that costs an atomic step.
   * Who waits for others is read a little further, or it might not be seen to leave.
   */
  private void readOn() {
    boolean on = !stalled() || session.isBlocked() && pendingInputBytes() < INPUT_WHILE_BLOCKED;
    // Transports do not like to be asked when there is no more: what was sent may have closed the
    // channel just now, and when the peer's end is seen all before it has been read.
    if (reading != on && channel.isOpen() && !inputEnded) {
      reading = on;
      channel.config().setAutoRead(on);
    }
  }

  @Override
  public String peer() {
    return endpoint.peer();
  }

  @Override
  public String local() {
    return endpoint.local();
  }

  @Override
  public boolean fromThisMachine() {
    return endpoint.fromThisMachine();
  }

  @Override
  public boolean unixSocket() {
    return endpoint.unixSocket();
  }

  @Override
  public boolean tls() {
    return endpoint.tls();
  }

  @Override
  public void flushSoon() {
    if (running || readingBatch || flushQueued) {
      return;
    }
    flushQueued = true;
    loop.execute(
        () -> {
          flushQueued = false;
          toPeer.flush();
        });
  }

  @Override
  public void resume() {
    if (running || session.closed()) {
      return;
    }
    yielded = false;
    runHeld();
    if (!readingBatch) {
      engine.batchEnd();
      toPeer.flush();
    }
    readOn();
    closeIfDone();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
      inputEnded = true;
      // Not at once: the transport is not done with the channel yet.
      loop.execute(this::closeIfDone);
    }
  }

  /**
   * A peer that has ended its side is answered what it has asked before, as by Redis, which sees
   * the end only after all that came before it. Waiting for others, as BLPOP does, ends.
   */
  private void closeIfDone() {
    if (!inputEnded || parked || yielded || session.closing() || session.closed()) {
      return;
    }
    Waiting waiting = session.waiting();
    boolean unfinished = waiting != null && !waiting.canBeUnblocked();
    boolean blockedByReader = waiting == null && held != null && mustWait();
    if (raw != null) {
      closeNow();
    } else if (!unfinished && !blockedByReader) {
      session.closeAfterReply();
    }
  }

  @Override
  public void closeAfterReply() {
    if (!running && !readingBatch) {
      toPeer.flush();
    }
  }

  @Override
  public void closeNow() {
    channel.close();
  }

  @Override
  public long pendingOutputBytes() {
    return toPeer.pendingBytes();
  }

  @Override
  public int pendingOutputPieces() {
    return toPeer.pendingPieces();
  }

  @Override
  public int pendingInputBytes() {
    ByteBuf mine = held;
    return mine == null ? 0 : mine.readableBytes();
  }

  @Override
  public int freeInputBytes() {
    ByteBuf mine = held;
    return mine == null ? 0 : mine.writableBytes();
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public int descriptor() {
    return endpoint.descriptor();
  }

  @Override
  public void trusted(boolean authenticated) {
    parser.trusted(authenticated);
  }

  @Override
  public void detach(RawPeer peer) {
    raw = peer;
    toPeer.detach(peer);
  }

  @Override
  public void sendRaw(long address, int length) {
    toPeer.sendRaw(address, length);
  }
}
