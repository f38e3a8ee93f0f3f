package io.hashslot.node;

import io.hashslot.command.KeyEvent;
import io.hashslot.config.ClientDirectives;
import io.hashslot.config.KeyspaceEvents;
import io.hashslot.config.Settings;
import io.hashslot.pubsub.KeyEventMessages;

/** The directive {@code notify-keyspace-events} in the terms of the commands. */
final class KeyEventClasses {
  private KeyEventClasses() {}

  static void apply(Settings settings, KeyEventMessages messages) {
    int chosen = settings.get(ClientDirectives.NOTIFY_KEYSPACE_EVENTS);
    int classes = 0;
    for (KeyEvent type : KeyEvent.values()) {
      if ((chosen & bit(type)) != 0) {
        classes |= type.bit();
      }
    }
    messages.tell(
        classes, (chosen & KeyspaceEvents.KEYSPACE) != 0, (chosen & KeyspaceEvents.KEYEVENT) != 0);
  }

  private static int bit(KeyEvent type) {
    return switch (type) {
      case GENERIC -> KeyspaceEvents.GENERIC;
      case STRING -> KeyspaceEvents.STRING;
      case LIST -> KeyspaceEvents.LIST;
      case SET -> KeyspaceEvents.SET;
      case HASH -> KeyspaceEvents.HASH;
      case SORTED_SET -> KeyspaceEvents.SORTED_SET;
      case EXPIRED -> KeyspaceEvents.EXPIRED;
      case EVICTED -> KeyspaceEvents.EVICTED;
      case STREAM -> KeyspaceEvents.STREAM;
      case MISSED -> KeyspaceEvents.KEY_MISS;
      case NEW -> KeyspaceEvents.NEW;
      case MODULE -> KeyspaceEvents.MODULE;
    };
  }
}
