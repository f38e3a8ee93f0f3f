package io.hashslot.command;

/** Who is told of keyspace events. Called under the lock of the key's shard. */
public interface KeyEventSink {
  /** Returns the sum of the bits of the classes that somebody listens to; read once per event. */
  int enabled();

  /**
   * Something happened to a key.
   *
   * @param event the event's name, such as {@code set} or {@code expired}
   * @param address native address of the key's bytes; valid during the call
   */
  void keyEvent(KeyEvent type, String event, int database, long address, int length);
}
