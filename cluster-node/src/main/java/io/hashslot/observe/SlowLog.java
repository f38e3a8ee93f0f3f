package io.hashslot.observe;

import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last commands that took long. Arguments are cut as Redis cuts them: 32 of 128 bytes. */
public final class SlowLog {
  private static final int MOST_ARGUMENTS = 32;
  private static final int MOST_BYTES = 128;

  /**
   * One slow command.
   *
   * @param id grows by one from entry to entry
   * @param atSeconds when, in Unix seconds
   * @param tookUs how long it ran, in microseconds
   * @param arguments the request, a character per byte
   * @param peer the client's address
   * @param client the client's name
   */
  public record Entry(
      long id, long atSeconds, long tookUs, List<String> arguments, String peer, String client) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private long nextId;
  private int mostEntries = 128;

  /** Notes a slow command. */
  public synchronized void record(Session session, Request request, long tookUs, long nowMs) {
    if (mostEntries == 0) {
      return;
    }
    int count = Math.min(request.count(), MOST_ARGUMENTS);
    List<String> arguments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (count != request.count() && i == count - 1) {
        arguments.add("... (" + (request.count() - count + 1) + " more arguments)");
      } else {
        arguments.add(Redaction.hides(request, i) ? Redaction.SHOWN : shortened(request, i));
      }
    }
    entries.addFirst(
        new Entry(
            nextId++, nowMs / 1000, tookUs, arguments, session.link().peer(), session.name()));
    trim();
  }

  private static String shortened(Request request, int i) {
    int more = request.length(i) - MOST_BYTES;
    String text = request.text(i, MOST_BYTES);
    return more <= 0 ? text : text + "... (" + more + " more bytes)";
  }

  /** Sets {@code slowlog-max-len}. */
  public synchronized void mostEntries(int most) {
    mostEntries = most;
    trim();
  }

  private void trim() {
    while (entries.size() > mostEntries) {
      entries.removeLast();
    }
  }

  /** Returns the entries, newest first. */
  public synchronized List<Entry> entries() {
    return new ArrayList<>(entries);
  }

  /** Forgets all entries. */
  public synchronized void clear() {
    entries.clear();
  }
}
