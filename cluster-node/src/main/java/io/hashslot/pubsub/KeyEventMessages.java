package io.hashslot.pubsub;

import io.hashslot.command.KeyEvent;
import io.hashslot.command.KeyEventSink;
import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;

/**
 * Keyspace events as messages: {@code __keyspace@0__:key} says what happened to a key, {@code
 * __keyevent@0__:event} to which key it happened. Which classes are told is a directive.
 */
public final class KeyEventMessages implements KeyEventSink {
  private static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

  private final PubSub pubSub;
  private volatile int classes;
  private volatile boolean byKey;
  private volatile boolean byEvent;

  /** Makes it silent; {@link #tell} switches it on. */
  public KeyEventMessages(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  /**
   * Chooses what is told; {@code notify-keyspace-events}.
   *
   * @param eventClasses the sum of the classes' {@link KeyEvent#bit() bits}
   * @param onKeyChannels whether to tell on the channels of keys
   * @param onEventChannels whether to tell on the channels of events
   */
  public void tell(int eventClasses, boolean onKeyChannels, boolean onEventChannels) {
    byKey = onKeyChannels;
    byEvent = onEventChannels;
    classes = onKeyChannels || onEventChannels ? eventClasses : 0;
  }

  @Override
  public int enabled() {
    return classes;
  }

  @Override
  public void keyEvent(KeyEvent type, String event, int database, long address, int length) {
    if (pubSub.idle()) {
      return;
    }
    byte[] key = new byte[length];
    UnsafeApi.copyMemory(null, address, key, BYTES, length);
    byte[] name = event.getBytes(StandardCharsets.ISO_8859_1);
    if (byKey) {
      pubSub.publish(channel("__keyspace@" + database + "__:", key), name);
    }
    if (byEvent) {
      pubSub.publish(channel("__keyevent@" + database + "__:", name), key);
    }
  }

  private static byte[] channel(String prefix, byte[] rest) {
    byte[] head = prefix.getBytes(StandardCharsets.ISO_8859_1);
    byte[] channel = new byte[head.length + rest.length];
    System.arraycopy(head, 0, channel, 0, head.length);
    System.arraycopy(rest, 0, channel, head.length, rest.length);
    return channel;
  }
}
