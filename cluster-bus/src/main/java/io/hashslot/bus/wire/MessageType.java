package io.hashslot.bus.wire;

/** What a frame of the bus is about, with its code on the wire and its name in statistics. */
public enum MessageType {
  PING(0, "ping"),
  PONG(1, "pong"),
  MEET(2, "meet"),
  FAIL(3, "fail"),
  PUBLISH(4, "publish"),
  AUTH_REQUEST(5, "auth-req"),
  AUTH_ACK(6, "auth-ack"),
  UPDATE(7, "update"),
  MFSTART(8, "mfstart"),
  MODULE(9, "module"),
  PUBLISHSHARD(10, "publishshard"),
  /** Any code we do not know; such frames carry a header that counts, and a body to be ignored. */
  UNKNOWN(-1, "unknown");

  /** Set in the type field of a frame with the light header (Valkey 8). */
  static final int LIGHT_BIT = 0x8000;

  private static final MessageType[] BY_CODE = {
    PING, PONG, MEET, FAIL, PUBLISH, AUTH_REQUEST, AUTH_ACK, UPDATE, MFSTART, MODULE, PUBLISHSHARD
  };

  private final int code;
  private final String statisticsName;

  MessageType(int code, String statisticsName) {
    this.code = code;
    this.statisticsName = statisticsName;
  }

  /** The type with this wire code (without the light bit), {@link #UNKNOWN} for all others. */
  public static MessageType of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
  }

  /** The wire code, 0 to 10; -1 of {@link #UNKNOWN}, which cannot be sent. */
  public int code() {
    return code;
  }

  /** The name in the message counters of CLUSTER INFO. */
  public String statisticsName() {
    return statisticsName;
  }

  /** Whether the body is gossip and extensions. */
  public boolean isPingLike() {
    return this == PING || this == PONG || this == MEET;
  }

  /** Whether the body is a channel and a message. */
  public boolean isPublishLike() {
    return this == PUBLISH || this == PUBLISHSHARD;
  }
}
