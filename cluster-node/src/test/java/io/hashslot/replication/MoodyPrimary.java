package io.hashslot.replication;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A primary that answers as it should, or with errors, or in halves, or not at all, or closes, as
 * its random numbers will have it; what it does say of its data is always true. Its stream of
 * writes and its history are what a replica is measured by.
 */
final class MoodyPrimary {
  /** What becomes of the link. */
  sealed interface Act {
    /** It sends. */
    record Sends(byte[] bytes) implements Act {}

    /** It closes the connection. */
    record Closes() implements Act {}

    /** It has nothing to say, now or ever. */
    record IsSilent() implements Act {}
  }

  private static final List<String> COMPLAINTS =
      List.of(
          "-ERR unknown command",
          "-NOAUTH Authentication required.",
          "-NOPERM no permissions",
          "-LOADING the dataset",
          "-NOMASTERLINK Can't SYNC",
          "+FULLRESYNC tooshort 0",
          "+FULLRESYNC " + "a".repeat(40) + " -7",
          "+CONTINUE tooshort",
          "$12",
          "nothing known");

  private final Random random;
  private final StringBuilder stream = new StringBuilder();
  private final List<String> snapshots = new ArrayList<>();
  private final StringBuilder heard = new StringBuilder();
  private final Deque<Act> acts = new ArrayDeque<>();
  private String id;
  private @Nullable String formerId;
  private int formerEnd;
  private int mischief;
  private boolean silent;
  private boolean awaitsAck;
  private int sentUpTo = -1;

  MoodyPrimary(Random random) {
    this.random = random;
    id = newId();
  }

  /** All it has ever written. */
  String stream() {
    return stream.toString();
  }

  /** The name of its history. */
  String id() {
    return id;
  }

  /** Whether it has sent just this snapshot to the end. */
  boolean hasSent(String snapshot) {
    return snapshots.contains(snapshot);
  }

  /** Position in the stream that a snapshot of this text belongs to. */
  static int positionOf(String snapshot) {
    return Integer.parseInt(snapshot.substring(0, snapshot.indexOf(' ')));
  }

  /**
   * A new connection comes.
   *
   * @param chance how many of a hundred answers go wrong
   */
  void connected(int chance) {
    mischief = chance;
    heard.setLength(0);
    acts.clear();
    silent = false;
    awaitsAck = false;
    sentUpTo = -1;
  }

  /** Writes something, and sends it if somebody follows. */
  void write() {
    String command =
        switch (random.nextInt(5)) {
          case 0 -> resp("PING");
          case 1 -> resp("REPLCONF", "GETACK", "*");
          case 2 -> resp("MULTI") + resp("INCR", "a") + resp("SELECT", "3") + resp("EXEC");
          default -> resp("SET", "k", "x".repeat(random.nextInt(200)));
        };
    stream.append(command);
    follow();
  }

  /** Gets another id; what is there so far keeps the old one, too. */
  void rename() {
    formerId = id;
    formerEnd = stream.length();
    id = newId();
  }

  /** Hears bytes of the replica and makes up its mind. */
  void hears(byte[] bytes) {
    heard.append(new String(bytes, ISO_8859_1));
    List<String> words = next();
    while (words != null) {
      if (!silent) {
        answer(words);
      }
      words = next();
    }
  }

  /** What it does next. */
  Act act() {
    Act act = acts.poll();
    return act == null ? new Act.IsSilent() : act;
  }

  private void answer(List<String> words) {
    if (words.size() > 2 && words.get(1).equals("ACK")) {
      awaitsAck = false;
      follow();
      return;
    }
    if (random.nextInt(100) < mischief) {
      goWrong();
      return;
    }
    switch (words.getFirst()) {
      case "PING" -> say("+PONG\r\n");
      case "PSYNC" -> synchronise(words);
      case "SYNC" -> snapshot(false);
      default -> say("+OK\r\n");
    }
  }

  private void goWrong() {
    switch (random.nextInt(5)) {
      case 0 -> end(new Act.Closes());
      case 1 -> silent = true;
      case 2 -> {
        String complaint = complaint();
        say(complaint.substring(0, random.nextInt(complaint.length())));
        end(random.nextBoolean() ? new Act.Closes() : new Act.IsSilent());
      }
      default -> say(complaint());
    }
  }

  private String complaint() {
    return COMPLAINTS.get(random.nextInt(COMPLAINTS.size())) + "\r\n";
  }

  private void synchronise(List<String> words) {
    say("\n".repeat(random.nextInt(3)));
    int asked = Integer.parseInt(words.get(2));
    boolean known =
        words.get(1).equals(id) || (words.get(1).equals(formerId) && asked <= formerEnd + 1);
    if (known && asked >= 1 && asked <= stream.length() + 1) {
      say("+CONTINUE " + id + "\r\n");
      sentUpTo = asked - 1;
      follow();
    } else {
      snapshot(true);
    }
  }

  private void snapshot(boolean announced) {
    String snapshot = stream.length() + " " + filler();
    String whole = announced ? "+FULLRESYNC " + id + " " + stream.length() + "\r\n" : "";
    whole += "\n".repeat(random.nextInt(3));
    boolean marked = random.nextBoolean();
    String mark = newId();
    whole +=
        marked
            ? "$EOF:" + mark + "\r\n" + snapshot + mark
            : "$" + snapshot.length() + "\r\n" + snapshot;
    if (random.nextInt(100) < mischief) {
      say(whole.substring(0, random.nextInt(whole.length())));
      end(random.nextBoolean() ? new Act.Closes() : new Act.IsSilent());
      return;
    }
    snapshots.add(snapshot);
    say(whole);
    sentUpTo = stream.length();
    awaitsAck = marked;
  }

  private void follow() {
    if (silent || awaitsAck || sentUpTo < 0 || sentUpTo == stream.length()) {
      return;
    }
    if (random.nextInt(200) < mischief) {
      say(stream.substring(sentUpTo, sentUpTo + random.nextInt(stream.length() - sentUpTo)));
      end(new Act.Closes());
      return;
    }
    say(stream.substring(sentUpTo));
    sentUpTo = stream.length();
  }

  private void end(Act act) {
    acts.add(act);
    silent = true;
  }

  private void say(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    if (bytes.length > 0) {
      acts.add(new Act.Sends(bytes));
    }
  }

  private String filler() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(300);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(256));
    }
    return text.toString();
  }

  private String newId() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  /** The next complete request, null if there is none. */
  private @Nullable List<String> next() {
    int end = heard.indexOf("\r\n");
    if (heard.isEmpty() || end < 0) {
      return null;
    }
    if (heard.charAt(0) != '*') {
      String line = heard.substring(0, end);
      heard.delete(0, end + 2);
      return List.of(line);
    }
    List<String> words = new ArrayList<>();
    int at = end + 2;
    for (int left = Integer.parseInt(heard.substring(1, end)); left > 0; left--) {
      int header = heard.indexOf("\r\n", at);
      int length = Integer.parseInt(heard.substring(at + 1, header));
      words.add(heard.substring(header + 2, header + 2 + length));
      at = header + 2 + length + 2;
    }
    heard.delete(0, at);
    return words;
  }

  private static String resp(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }
}
