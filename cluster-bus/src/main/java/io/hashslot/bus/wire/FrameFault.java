package io.hashslot.bus.wire;

/**
 * What is wrong with a received frame. Most faults cost only the frame, as at the C servers; some
 * show that the stream is no bus or cannot be followed any longer, and cost the link.
 */
public enum FrameFault {
  BAD_SIGNATURE(true, "the first four bytes are not those of a bus frame"),
  TOO_SHORT(true, "the length is below that of the header"),
  TOO_LONG(true, "the length is above what is accepted"),
  WRONG_VERSION(false, "the version is not 1"),
  WRONG_LENGTH(false, "the length does not fit the type"),
  EXTENSION_LENGTH(false, "an extension has an impossible length"),
  LIGHT_TYPE(false, "the type cannot have a light header"),
  NODE_ID(false, "a node id is malformed"),
  TEXT(false, "an address is too long or has characters that no address has"),
  EPOCH(false, "an epoch is out of range");

  private final boolean closesLink;
  private final String reason;

  FrameFault(boolean closesLink, String reason) {
    this.closesLink = closesLink;
    this.reason = reason;
  }

  /** Whether the link must be closed; otherwise the frame is dropped and the next one awaited. */
  public boolean closesLink() {
    return closesLink;
  }

  /** For the log. */
  public String reason() {
    return reason;
  }
}
