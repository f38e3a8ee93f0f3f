package io.hashslot.bus.wire;

/** What a frame of the bus is about. The declaration order is the order of the wire codes. */
public enum MessageType {
  PING("ping"),
  PONG("pong"),
  MEET("meet"),
  FAIL("fail"),
  PUBLISH("publish"),
  AUTH_REQUEST("auth-req"),
  AUTH_ACK("auth-ack"),
  UPDATE("update"),
  MFSTART("mfstart"),
  MODULE("module"),
  PUBLISHSHARD("publishshard"),
  /** Any code we do not know; such frames carry a header that counts, and a body to be ignored. */
  UNKNOWN("unknown");

  /** Set in the type field of a frame with the light header (Valkey 8). */
  static final int LIGHT_BIT = 0x8000;

  private static final MessageType[] BY_CODE = values();

  private final String statisticsName;

  MessageType(String statisticsName) {
    this.statisticsName = statisticsName;
  }

  /** The type with this wire code (without the light bit), {@link #UNKNOWN} for all others. */
  public static MessageType of(int code) {
    return code >= 0 && code < UNKNOWN.ordinal() ? BY_CODE[code] : UNKNOWN;
  }

  /** The wire code, 0 to 10. {@link #UNKNOWN} has none that could be sent. */
  public int code() {
    return ordinal();
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
