package io.hashslot.bus.sim;

/**
 * What the bus of a node carried so far.
 *
 * @param framesSent frames handed to the network
 * @param bytesSent their bytes
 * @param framesReceived frames the node read
 * @param bytesReceived their bytes
 */
public record Traffic(long framesSent, long bytesSent, long framesReceived, long bytesReceived) {
  /** None at all. */
  public static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /** What was carried since then. */
  public Traffic since(Traffic then) {
    return new Traffic(
        framesSent - then.framesSent,
        bytesSent - then.bytesSent,
        framesReceived - then.framesReceived,
        bytesReceived - then.bytesReceived);
  }

  /** Both together. */
  public Traffic plus(Traffic other) {
    return new Traffic(
        framesSent + other.framesSent,
        bytesSent + other.bytesSent,
        framesReceived + other.framesReceived,
        bytesReceived + other.bytesReceived);
  }
}
