package io.hashslot.pubsub;

import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;

/** One message on its way to many: encoded at most once per protocol version, then shared. */
final class Message {
  private final byte[][] parts;
  private final String kind;
  private byte @Nullable [] resp2;
  private byte @Nullable [] resp3;

  /**
   * Makes a message.
   *
   * @param kind {@code message}, {@code pmessage} or {@code smessage}
   * @param parts the pattern, if one matched, the channel and the payload
   */
  Message(String kind, byte[]... parts) {
    this.kind = kind;
    this.parts = parts;
  }

  /** Hands the message to a client; on any thread. */
  void to(Session session) {
    byte[] bytes = session.reply().resp3() ? encoded(true) : encoded(false);
    session.loop().inbox().post(() -> session.push(bytes));
  }

  private byte[] encoded(boolean version3) {
    byte[] bytes = version3 ? resp3 : resp2;
    if (bytes == null) {
      bytes = encode(version3);
      if (version3) {
        resp3 = bytes;
      } else {
        resp2 = bytes;
      }
    }
    return bytes;
  }

  private byte[] encode(boolean version3) {
    NativeOutput out = new NativeOutput(128);
    try {
      ReplyWriter writer = new ReplyWriter(out);
      writer.resp3(version3);
      writer.push(1 + parts.length);
      writer.bulk(kind);
      for (byte[] part : parts) {
        writer.bulk(part);
      }
      return out.toBytes();
    } finally {
      out.release();
    }
  }
}
