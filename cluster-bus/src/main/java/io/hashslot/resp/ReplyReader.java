package io.hashslot.resp;

import io.hashslot.resp.Reply.MapOf;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies of RESP2 and RESP3 from bytes that arrive in any portions.
 *
 * <p>Between two portions the reader keeps three things: the line begun, the bulk body begun, and
 * the stack of aggregates begun. Nothing is reserved on the word of a length that came over the
 * wire: bodies and lists grow as their bytes arrive, so a hostile header costs nothing. Not for
 * several threads.
 */
public final class ReplyReader {
  /** Lines hold numbers, statuses and errors; an error may quote a request, but not a large one. */
  private static final int MAX_LINE_BYTES = 1 << 20;

  private static final int FIRST_BODY_BYTES = 64 << 10;

  private final Limits limits;
  private final Deque<Frame> open = new ArrayDeque<>();
  private byte[] line = new byte[256];
  private int lineLength;
  private byte bodyType;
  private byte[] body = {};
  private int bodyLength;

  /** How many bytes are still to come of the body, its line end included; 0 outside of a body. */
  private long bodyMissing;

  /**
   * The bounds beyond which a reply is refused.
   *
   * @param maxBulkBytes the longest bulk, 1 to 2^31 - 17
   * @param maxItems the largest aggregate, in elements (a map pair is two)
   * @param maxDepth the deepest nesting of aggregates
   */
  public record Limits(int maxBulkBytes, int maxItems, int maxDepth) {
    /** What a person at a prompt may want to see: anything that fits an array, 128 levels deep. */
    public static final Limits WIDE =
        new Limits(Integer.MAX_VALUE - 16, Integer.MAX_VALUE - 16, 128);
  }

  /** An aggregate, or attributes and what follows them, whose elements are still arriving. */
  private static final class Frame {
    final byte type;
    final int wanted;
    final List<Reply> items;
    @Nullable MapOf attributes;

    Frame(byte type, int wanted) {
      this.type = type;
      this.wanted = wanted;
      this.items = new ArrayList<>(Math.min(wanted, 1024));
    }
  }

  /** A reader with {@link Limits#WIDE} limits. */
  public ReplyReader() {
    this(Limits.WIDE);
  }

  /** A reader with the given limits. */
  public ReplyReader(Limits limits) {
    this.limits = limits;
  }

  /**
   * Consumes bytes up to the end of the next reply.
   *
   * @return the reply; {@code null} if {@code in} is used up and more bytes are needed
   * @throws MalformedReplyException if the bytes are no reply or exceed the limits; the reader must
   *     not be used afterwards
   */
  public @Nullable Reply read(ByteBuffer in) throws MalformedReplyException {
    while (true) {
      Reply reply;
      if (bodyMissing > 0) {
        if (!fillBody(in)) {
          return null;
        }
        reply = finishBody();
      } else {
        if (!fillLine(in)) {
          return null;
        }
        reply = finishLine();
      }
      if (reply != null) {
        reply = place(reply);
      }
      if (reply != null) {
        return reply;
      }
    }
  }

  /** Whether part of a reply has been read already. */
  public boolean isInsideReply() {
    return bodyMissing > 0 || lineLength > 0 || !open.isEmpty();
  }

  /**
   * Adds a finished reply to the innermost open aggregate; returns the outermost one when that
   * completes it.
   */
  private @Nullable Reply place(Reply finished) {
    Reply reply = finished;
    while (true) {
      Frame frame = open.peek();
      if (frame == null) {
        return reply;
      }
      if (frame.attributes != null) {
        open.pop();
        reply = new Reply.Attributed(frame.attributes, reply);
        continue;
      }
      frame.items.add(reply);
      if (frame.items.size() < frame.wanted) {
        return null;
      }
      reply = close(frame);
      if (reply == null) {
        return null;
      }
    }
  }

  /** Turns a full frame into its reply; attributes stay open, waiting for what they belong to. */
  private @Nullable Reply close(Frame frame) {
    if (frame.type == '|') {
      frame.attributes = new MapOf(frame.items);
      return null;
    }
    open.pop();
    return switch (frame.type) {
      case '%' -> new MapOf(frame.items);
      case '~' -> new Reply.SetOf(frame.items);
      case '>' -> new Reply.Push(frame.items);
      default -> new Reply.Array(frame.items);
    };
  }

  private boolean fillLine(ByteBuffer in) throws MalformedReplyException {
    while (in.hasRemaining()) {
      byte b = in.get();
      if (b == '\n' && lineLength > 0 && line[lineLength - 1] == '\r') {
        lineLength--;
        return true;
      }
      if (lineLength == line.length) {
        if (lineLength >= MAX_LINE_BYTES) {
          throw new MalformedReplyException(
              "Protocol error, line of over " + MAX_LINE_BYTES + " bytes");
        }
        line = Arrays.copyOf(line, lineLength * 2);
      }
      line[lineLength++] = b;
    }
    return false;
  }

  private @Nullable Reply finishLine() throws MalformedReplyException {
    int length = lineLength;
    lineLength = 0;
    if (length == 0) {
      throw new MalformedReplyException("Protocol error, empty line instead of a reply");
    }
    byte type = line[0];
    return switch (type) {
      case '+' -> new Reply.Simple(Arrays.copyOfRange(line, 1, length));
      case '-' -> new Reply.Failure(Arrays.copyOfRange(line, 1, length));
      case ':' -> new Reply.Int(number(length));
      case ',' -> real(lineText(length));
      case '(' -> new Reply.BigNumber(bigNumber(lineText(length)));
      case '#' -> bool(length);
      case '_' -> Reply.Nil.NULL;
      case '$', '=', '!' -> startBody(type, number(length));
      case '*', '%', '~', '>', '|' -> startAggregate(type, number(length));
      default ->
          throw new MalformedReplyException(
              "Protocol error, got " + quoted(type) + " as reply type byte");
    };
  }

  private @Nullable Reply startBody(byte type, long length) throws MalformedReplyException {
    if (length == -1 && type == '$') {
      return Reply.Nil.BULK;
    }
    if (length < 0 || length > limits.maxBulkBytes()) {
      throw new MalformedReplyException("Bulk string length out of range");
    }
    bodyType = type;
    body = new byte[(int) Math.min(length, FIRST_BODY_BYTES)];
    bodyLength = 0;
    bodyMissing = length + 2;
    return null;
  }

  private boolean fillBody(ByteBuffer in) throws MalformedReplyException {
    while (bodyMissing > 2) {
      int room = (int) Math.min(bodyMissing - 2, in.remaining());
      if (room == 0) {
        return false;
      }
      if (bodyLength + room > body.length) {
        long whole = bodyLength + bodyMissing - 2;
        body =
            Arrays.copyOf(
                body, (int) Math.min(whole, Math.max(bodyLength + (long) room, 2L * body.length)));
      }
      in.get(body, bodyLength, room);
      bodyLength += room;
      bodyMissing -= room;
    }
    while (bodyMissing > 0) {
      if (!in.hasRemaining()) {
        return false;
      }
      byte expected = bodyMissing == 2 ? (byte) '\r' : (byte) '\n';
      if (in.get() != expected) {
        throw new MalformedReplyException("Protocol error, bulk string without its line end");
      }
      bodyMissing--;
    }
    return true;
  }

  private Reply finishBody() throws MalformedReplyException {
    byte[] bytes = body;
    body = new byte[0];
    if (bodyType == '$') {
      return new Reply.Bulk(bytes);
    }
    if (bodyType == '!') {
      return new Reply.Failure(bytes);
    }
    if (bytes.length < 4 || bytes[3] != ':') {
      throw new MalformedReplyException(
          "Verbatim string 4 bytes of content type are missing or incorrectly encoded.");
    }
    String format = new String(bytes, 0, 3, StandardCharsets.ISO_8859_1);
    return new Reply.Verbatim(format, Arrays.copyOfRange(bytes, 4, bytes.length));
  }

  private @Nullable Reply startAggregate(byte type, long length) throws MalformedReplyException {
    if (length == -1 && type == '*') {
      return Reply.Nil.ARRAY;
    }
    long wanted = type == '%' || type == '|' ? length * 2 : length;
    if (length < 0 || length > limits.maxItems() || wanted > limits.maxItems()) {
      throw new MalformedReplyException("Multi-bulk length out of range");
    }
    if (open.size() >= limits.maxDepth()) {
      throw new MalformedReplyException(
          "Protocol error, replies nested deeper than " + limits.maxDepth());
    }
    Frame frame = new Frame(type, (int) wanted);
    open.push(frame);
    return wanted == 0 ? close(frame) : null;
  }

  private long number(int lineEnd) throws MalformedReplyException {
    int at = 1;
    boolean negative = at < lineEnd && line[at] == '-';
    if (at < lineEnd && (line[at] == '-' || line[at] == '+')) {
      at++;
    }
    if (at == lineEnd || lineEnd - at > 19) {
      throw badNumber(lineEnd);
    }
    long value = 0;
    for (; at < lineEnd; at++) {
      int digit = line[at] - '0';
      // Counting down, because the smallest long has no positive counterpart.
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        throw badNumber(lineEnd);
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw badNumber(lineEnd);
    }
    return negative ? value : -value;
  }

  private MalformedReplyException badNumber(int lineEnd) {
    return new MalformedReplyException(
        "Bad integer value: \"" + lineText(Math.min(lineEnd, 40)) + '"');
  }

  private static Reply real(String text) throws MalformedReplyException {
    var real = new Reply.Real(text);
    try {
      real.value();
    } catch (NumberFormatException _) {
      throw new MalformedReplyException("Bad double value");
    }
    return real;
  }

  private static BigInteger bigNumber(String text) throws MalformedReplyException {
    try {
      return new BigInteger(text);
    } catch (NumberFormatException _) {
      throw new MalformedReplyException("Bad bignum value");
    }
  }

  private Reply bool(int lineEnd) throws MalformedReplyException {
    if (lineEnd != 2 || line[1] != 't' && line[1] != 'f') {
      throw new MalformedReplyException("Bad bool value");
    }
    return new Reply.Bool(line[1] == 't');
  }

  private String lineText(int lineEnd) {
    return new String(line, 1, lineEnd - 1, StandardCharsets.ISO_8859_1);
  }

  private static String quoted(byte type) {
    return type > 32 && type < 127
        ? "\"" + (char) type + '"'
        : String.format("\"\\x%02x\"", type & 0xff);
  }
}
