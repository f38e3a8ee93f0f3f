package io.hashslot.replication;

import io.hashslot.journal.ReplicationHistory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The replica's half of a full synchronisation over two connections, as Valkey 8.0.1 speaks it, as
 * a pure machine: the primary's lines go in, what to send and what comes of it comes out.
 *
 * <p>It begins when the primary has answered PSYNC with {@code +DUALCHANNELSYNC}. A second
 * connection asks for the snapshot with SYNC and is told first where the snapshot will end: {@code
 * $ENDOFF:<offset> <history> <database> <number of this connection>}. With that the first
 * connection, the main channel, tells which snapshot connection is its own and continues from that
 * offset, while the snapshot still is on its way.
 */
public final class DualChannelHandshake {
  /** What the driver has to do. */
  public sealed interface Step {
    /** Write these bytes to the snapshot's connection. */
    record SendForSnapshot(byte[] bytes) implements Step {}

    /** Write these bytes to the main channel. */
    record SendOnMain(byte[] bytes) implements Step {}

    /**
     * A snapshot follows on its connection ({@link SnapshotTransfer}).
     *
     * @param id the primary's history
     * @param offset replication offset of the snapshot
     */
    record SnapshotFollows(String id, long offset) implements Step {}

    /**
     * On the main channel follows the stream from the snapshot's offset.
     *
     * @param id the primary's history if it has another name by now, else null
     */
    record StreamFollows(@Nullable String id) implements Step {}

    /** Close both connections and try again later. */
    record GiveUp(String reason) implements Step {}
  }

  private enum Snapshot {
    AUTH,
    INTRODUCTION,
    END_OFFSET,
    DONE
  }

  private enum Main {
    WAITS,
    NAMES_THE_OTHER,
    PSYNC,
    DONE
  }

  /** The database is not taken from here: Valkey says 0 even if it follows others itself. */
  private static final Pattern END_OFFSET =
      Pattern.compile("\\$ENDOFF:([0-9]{1,18}) (\\S+) [0-9]{1,9} ([0-9]{1,19})");

  private static final List<Step> NOTHING = List.of();

  private final HandshakeSettings settings;
  private Snapshot snapshot = Snapshot.INTRODUCTION;
  private Main main = Main.WAITS;
  private String id = "";
  private long offset;

  /** The primary has asked for two connections. */
  public DualChannelHandshake(HandshakeSettings settings) {
    this.settings = settings;
  }

  /** The second connection stands: what to send on it first. */
  public byte[] begin() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    if (settings.password() != null) {
      snapshot = Snapshot.AUTH;
      all.writeBytes(ReplicaHandshake.auth(settings));
    }
    all.writeBytes(
        ReplicaHandshake.command(
            "REPLCONF",
            "capa",
            "eof",
            "rdb-only",
            "1",
            "rdb-channel",
            "1",
            "listening-port",
            Integer.toString(settings.announcedPort())));
    return all.toByteArray();
  }

  /** Whether the snapshot follows on its connection, no more lines. */
  public boolean snapshotFollows() {
    return snapshot == Snapshot.DONE;
  }

  /** Whether the stream follows on the main channel, no more lines. */
  public boolean streamFollows() {
    return main == Main.DONE;
  }

  /** A line of the snapshot's connection, without its end. */
  public List<Step> snapshotLine(String line) {
    return switch (snapshot) {
      case AUTH -> {
        snapshot = Snapshot.INTRODUCTION;
        yield line.startsWith("-") ? giveUp("primary refuses our credentials: " + line) : NOTHING;
      }
      case INTRODUCTION -> {
        snapshot = Snapshot.END_OFFSET;
        yield line.startsWith("-")
            ? giveUp("primary gives no connection for snapshots: " + line)
            : List.of(new Step.SendForSnapshot("SYNC\r\n".getBytes(StandardCharsets.US_ASCII)));
      }
      case END_OFFSET -> endOffset(line);
      case DONE -> throw new IllegalStateException("the snapshot follows");
    };
  }

  /** A line of the main channel, without its end. */
  public List<Step> mainLine(String line) {
    if (line.isEmpty()) {
      return NOTHING; // a sign of life
    }
    return switch (main) {
      case WAITS -> giveUp("primary says more on the main channel: " + line);
      case NAMES_THE_OTHER -> {
        main = Main.PSYNC;
        yield line.startsWith("-")
            ? giveUp("primary does not know our other connection: " + line)
            : List.of(
                new Step.SendOnMain(
                    ReplicaHandshake.command("PSYNC", id, Long.toString(offset + 1))));
      }
      case PSYNC -> continued(line);
      case DONE -> throw new IllegalStateException("the stream follows");
    };
  }

  private List<Step> endOffset(String line) {
    if (line.isEmpty()) {
      return NOTHING; // sign of life while the primary prepares
    }
    Matcher words = END_OFFSET.matcher(line);
    if (!words.matches() || words.group(2).length() != ReplicationHistory.ID_LENGTH) {
      return giveUp("primary does not say where its snapshot ends: " + line);
    }
    snapshot = Snapshot.DONE;
    main = Main.NAMES_THE_OTHER;
    offset = Long.parseLong(words.group(1));
    id = words.group(2);
    return List.of(
        new Step.SnapshotFollows(id, offset),
        new Step.SendOnMain(
            ReplicaHandshake.command("REPLCONF", "set-rdb-client-id", words.group(3))));
  }

  private List<Step> continued(String line) {
    String newId = ReplicaHandshake.continuedAs(line);
    if (newId == null) {
      return giveUp("primary does not continue where its snapshot ends: " + line);
    }
    main = Main.DONE;
    return List.of(new Step.StreamFollows(newId.isEmpty() || newId.equals(id) ? null : newId));
  }

  private static List<Step> giveUp(String reason) {
    return List.of(new Step.GiveUp(reason));
  }
}
