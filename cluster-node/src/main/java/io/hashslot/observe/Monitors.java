package io.hashslot.observe;

import io.hashslot.resp.Request;
import io.hashslot.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The clients that watch all commands ({@code MONITOR}). Whoever runs a command asks {@link #any},
 * which is one volatile read, and tells it only if somebody listens.
 */
public final class Monitors {
  private final List<Session> sessions = new CopyOnWriteArrayList<>();
  private volatile boolean any;

  /** Tells whether anybody watches. */
  public boolean any() {
    return any;
  }

  /** Lets a client watch from now on. */
  public synchronized void add(Session session) {
    session.monitor(true);
    if (!sessions.contains(session)) {
      sessions.add(session);
    }
    any = true;
  }

  /** A client watches no more; nothing happens if it did not. */
  public synchronized void remove(Session session) {
    sessions.remove(session);
    any = !sessions.isEmpty();
  }

  /** Tells the watchers of a command that has run; {@code wallUs} is the time, in microseconds. */
  public void feed(Session client, Request request, long wallUs) {
    byte[] line = line(client, request, wallUs).getBytes(StandardCharsets.ISO_8859_1);
    for (Session session : sessions) {
      session.loop().inbox().post(() -> deliver(session, line));
    }
  }

  private void deliver(Session session, byte[] line) {
    if (session.monitor()) {
      session.push(line);
    } else {
      remove(session); // RESET
    }
  }

  /** Writes a command as Redis' monitors see it, as a simple string. */
  static String line(Session client, Request request, long wallUs) {
    var line = new StringBuilder(128);
    line.append('+').append(wallUs / 1_000_000).append('.');
    String micros = Long.toString(wallUs % 1_000_000);
    line.append("0".repeat(6 - micros.length())).append(micros);
    line.append(" [").append(client.database()).append(' ');
    String peer = client.link().peer();
    if (client.link().unixSocket()) {
      line.append("unix:").append(peer, 0, Math.max(0, peer.length() - 2));
    } else {
      line.append(peer);
    }
    line.append(']');
    for (int i = 0; i < request.count(); i++) {
      String text = Redaction.hides(request, i) ? Redaction.SHOWN : request.text(i);
      line.append(' ');
      quote(line, text);
    }
    return line.append("\r\n").toString();
  }

  private static void quote(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '"' -> line.append('\\').append(c);
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        case 7 -> line.append("\\a");
        case '\b' -> line.append("\\b");
        default -> {
          if (c >= ' ' && c <= '~') {
            line.append(c);
          } else {
            line.append("\\x")
                .append(Character.forDigit(c >> 4 & 0xF, 16))
                .append(Character.forDigit(c & 0xF, 16));
          }
        }
      }
    }
    line.append('"');
  }
}
