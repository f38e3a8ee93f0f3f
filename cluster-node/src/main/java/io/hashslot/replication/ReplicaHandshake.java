package io.hashslot.replication;

import io.hashslot.journal.ReplicationHistory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replica's half of the replication handshake as a pure machine: the primary's lines go in,
 * what to send and what comes of it comes out. No sockets, no time.
 *
 * <p>Order on the wire: PING alone; then AUTH and everything about ourselves in one go, the replies
 * read one by one; then PSYNC. A primary that does not know PSYNC is asked with SYNC on the same
 * connection.
 */
public final class ReplicaHandshake {
  /** What the driver has to do. */
  public sealed interface Step {
    /** Write these bytes. */
    record Send(byte[] bytes) implements Step {}

    /**
     * A snapshot follows on this connection ({@link SnapshotTransfer}).
     *
     * @param id the primary's history, null if it did not say (SYNC)
     * @param offset replication offset of the snapshot, -1 if unknown
     */
    record FullSync(@Nullable String id, long offset) implements Step {}

    /**
     * The stream continues where it was asked to.
     *
     * @param id the primary's history now, null if it is still the one we asked for
     */
    record Resume(@Nullable String id) implements Step {}

    /**
     * Everything has to come, the snapshot over another connection ({@link DualChannelHandshake}).
     */
    record DualChannel() implements Step {}

    /** Close and try again later; what is known of the primary stays. */
    record GiveUp(String reason) implements Step {}
  }

  private enum State {
    PING,
    INTRODUCTION,
    PSYNC,
    DONE
  }

  private static final List<Step> NOTHING = List.of();

  private final HandshakeSettings settings;
  private final String askedId;
  private final long askedOffset;
  private final boolean failover;
  private State state = State.PING;
  private int awaitedReplies;
  private boolean authReplyAwaited;
  private boolean psyncSent;

  /**
   * @param askedId history to continue, or {@code ?} for a full synchronisation
   * @param askedOffset first byte wanted, or -1
   * @param failover whether the asked server has to become primary first: we hand our role over to
   *     it
   */
  public ReplicaHandshake(
      HandshakeSettings settings, String askedId, long askedOffset, boolean failover) {
    this.settings = settings;
    this.askedId = askedId;
    this.askedOffset = askedOffset;
    this.failover = failover;
  }

  HandshakeSettings settings() {
    return settings;
  }

  /** The connection stands: what to send first. */
  public byte[] begin() {
    return command("PING");
  }

  /**
   * A line of the primary without its line end; to be called until the handshake is {@link #done}.
   */
  public List<Step> line(String line) {
    return switch (state) {
      case PING -> pong(line);
      case INTRODUCTION -> introduced(line);
      case PSYNC -> synced(line);
      case DONE -> throw new IllegalStateException("handshake is over");
    };
  }

  /** True after a step other than {@link Step.Send} to the last line. */
  public boolean done() {
    return state == State.DONE;
  }

  /** True once PSYNC was sent, whatever has come of it. */
  public boolean psyncSent() {
    return psyncSent;
  }

  private List<Step> pong(String line) {
    boolean acceptable =
        line.startsWith("+")
            || line.startsWith("-NOAUTH")
            || line.startsWith("-NOPERM")
            || line.startsWith("-ERR operation not permitted");
    if (!acceptable) {
      return giveUp("primary answers PING with: " + line);
    }
    state = State.INTRODUCTION;
    return List.of(new Step.Send(introduction()));
  }

  private byte[] introduction() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (settings.password() != null) {
      authReplyAwaited = true;
      introduce(all, auth(settings));
    }
    introduce(
        all, command("REPLCONF", "listening-port", Integer.toString(settings.announcedPort())));
    if (settings.announcedIp() != null) {
      introduce(all, command("REPLCONF", "ip-address", settings.announcedIp()));
    }
    introduce(all, capabilities());
    if (settings.version() != null) {
      introduce(all, command("REPLCONF", "version", settings.version()));
    }
    return all.toByteArray();
  }

  private byte[] capabilities() {
    List<String> words = new ArrayList<>(List.of("REPLCONF", "capa", "eof", "capa", "psync2"));
    if (settings.dualChannel()) {
      words.addAll(List.of("capa", "dual-channel"));
    }
    if (settings.node() != null) {
      // Servers ignore capabilities that they do not know.
      words.addAll(List.of("capa", ReplicaProfile.NODE_CAPABILITY + settings.node()));
    }
    return command(words.toArray(String[]::new));
  }

  private void introduce(ByteArrayOutputStream all, byte[] command) {
    all.writeBytes(command);
    awaitedReplies++;
  }

  private List<Step> introduced(String line) {
    if (authReplyAwaited) {
      authReplyAwaited = false;
      if (line.startsWith("-")) {
        return giveUp("primary refuses our credentials: " + line);
      }
    }
    // A primary may not know an option; none of them is needed to go on.
    if (--awaitedReplies > 0) {
      return NOTHING;
    }
    state = State.PSYNC;
    psyncSent = true;
    String offset = Long.toString(askedOffset);
    return List.of(
        new Step.Send(
            failover
                ? command("PSYNC", askedId, offset, "FAILOVER")
                : command("PSYNC", askedId, offset)));
  }

  private List<Step> synced(String line) {
    if (line.isEmpty()) {
      return NOTHING; // sign of life while the primary prepares
    }
    if (line.startsWith("+FULLRESYNC ")) {
      return fullSync(line);
    }
    if (line.startsWith("+CONTINUE")) {
      return resumed(line);
    }
    if (line.equals("+DUALCHANNELSYNC") && settings.dualChannel()) {
      state = State.DONE;
      return List.of(new Step.DualChannel());
    }
    if (line.startsWith("-NOMASTERLINK") || line.startsWith("-LOADING")) {
      return giveUp("primary cannot synchronise now: " + line);
    }
    if (failover) {
      return giveUp("primary did not take the role: " + line);
    }
    state = State.DONE;
    return List.of(
        new Step.Send("SYNC\r\n".getBytes(StandardCharsets.US_ASCII)), new Step.FullSync(null, -1));
  }

  private List<Step> fullSync(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 3
        || words[1].length() != ReplicationHistory.ID_LENGTH
        || !words[2].matches("[0-9]{1,18}")) {
      return giveUp("malformed reply to PSYNC: " + line);
    }
    state = State.DONE;
    return List.of(new Step.FullSync(words[1], Long.parseLong(words[2])));
  }

  private List<Step> resumed(String line) {
    String id = continuedAs(line);
    if (id == null) {
      return giveUp("malformed reply to PSYNC: " + line);
    }
    if (askedOffset < 0) {
      return giveUp("primary continues what we do not have: " + line);
    }
    state = State.DONE;
    return List.of(new Step.Resume(id.isEmpty() || id.equals(askedId) ? null : id));
  }

  /**
   * The history that {@code +CONTINUE} names, empty if it names none; null if the line is something
   * else.
   */
  static @Nullable String continuedAs(String line) {
    if (line.equals("+CONTINUE")) {
      return "";
    }
    int nameAt = "+CONTINUE ".length();
    boolean named = line.startsWith("+CONTINUE ");
    return named && line.length() == nameAt + ReplicationHistory.ID_LENGTH
        ? line.substring(nameAt)
        : null;
  }

  private List<Step> giveUp(String reason) {
    state = State.DONE;
    return List.of(new Step.GiveUp(reason));
  }

  /** The request to log in; there must be a password. */
  static byte[] auth(HandshakeSettings settings) {
    String password = String.valueOf(settings.password());
    String user = settings.user();
    return user == null ? command("AUTH", password) : command("AUTH", user, password);
  }

  static byte[] command(String... words) {
    StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      text.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
