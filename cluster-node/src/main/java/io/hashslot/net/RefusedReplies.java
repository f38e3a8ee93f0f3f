package io.hashslot.net;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Makes an error of each reply that must not leave. Errors stay what they are, and so do {@code
 * QUEUED} and what nobody has asked for, the pushes of RESP3: the client's count of replies is
 * kept.
 *
 * <p>Reads what this server itself has written, so it need not doubt it; and it runs only when
 * something went wrong, so nothing is prepared for it while replies are written.
 */
final class RefusedReplies {
  private static final byte[] QUEUED = "+QUEUED\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ByteBuf from;
  private int at;

  private RefusedReplies(ByteBuf from) {
    this.from = from;
    at = from.readerIndex();
  }

  /**
   * Returns what leaves instead; the caller's buffer is left as it is.
   *
   * @param refusal the text of the error
   */
  static ByteBuf of(ByteBuf replies, String refusal) {
    byte[] error = ("-" + refusal + "\r\n").getBytes(StandardCharsets.US_ASCII);
    RefusedReplies walk = new RefusedReplies(replies);
    ByteBuf to = replies.alloc().directBuffer(Math.max(256, error.length));
    while (walk.at < replies.writerIndex()) {
      int start = walk.at;
      walk.skipReply();
      if (stays(replies, start, walk.at - start)) {
        to.writeBytes(replies, start, walk.at - start);
      } else {
        to.writeBytes(error);
      }
    }
    return to;
  }

  private static boolean stays(ByteBuf replies, int start, int length) {
    byte type = replies.getByte(start);
    if (type == '-' || type == '!' || type == '>') {
      return true;
    }
    if (length != QUEUED.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (replies.getByte(start + i) != QUEUED[i]) {
        return false;
      }
    }
    return true;
  }

  /** Goes behind one reply with all that is within it. */
  private void skipReply() {
    long elements = 1;
    while (elements > 0) {
      byte type = from.getByte(at);
      long number = lineEnd();
      elements--;
      switch (type) {
        case '$', '=', '!' -> at += number < 0 ? 0 : (int) number + 2;
        case '*', '~', '>' -> elements += Math.max(0, number);
        case '%' -> elements += 2 * Math.max(0, number);
        case '|' -> elements += 2 * Math.max(0, number) + 1;
        default -> {
          // A line, and it is over.
        }
      }
    }
  }

  /** Goes behind the line; returns the number in it, if it begins with one behind its type. */
  private long lineEnd() {
    boolean negative = from.getByte(at + 1) == '-';
    long number = 0;
    byte next;
    while ((next = from.getByte(++at)) != '\r') {
      number = next >= '0' && next <= '9' ? number * 10 + (next - '0') : number;
    }
    at += 2;
    return negative ? -number : number;
  }
}
