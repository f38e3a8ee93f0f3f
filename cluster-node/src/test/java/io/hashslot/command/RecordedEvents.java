package io.hashslot.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hashslot.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/** Hears all keyspace events, also those that are off unless asked for. */
final class RecordedEvents implements KeyEventSink {
  private final List<String> heard = new ArrayList<>();

  @Override
  public int enabled() {
    return -1;
  }

  @Override
  public synchronized void keyEvent(
      KeyEvent type, String event, int database, long address, int length) {
    String key = new String(Memory.bytes(address, length), ISO_8859_1);
    heard.add(event + ":" + key + (database == 0 ? "" : "@" + database));
  }

  synchronized List<String> take() {
    List<String> taken = List.copyOf(heard);
    heard.clear();
    return taken;
  }
}
