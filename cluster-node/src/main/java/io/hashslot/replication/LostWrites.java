package io.hashslot.replication;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.JournalSlice;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the writes of a primary that its successor never had. A primary that was cut off or stood
 * still comes back, finds another one in its place and takes over that one's data: what it had
 * written alone would be gone without a trace.
 *
 * <p>That the histories have parted is known when the successor grants no continuation; where, it
 * tells itself ({@code master_replid2} and {@code second_repl_offset} of INFO, in servers of all
 * kinds). The end of the journal is copied before the data is replaced; then, on a thread of its
 * own, the successor is asked and the file is written: commands as in an append-only file, from the
 * first that the successor does not have to the last that was executed here.
 *
 * <p>Confined to the replication loop but for what is said otherwise.
 */
final class LostWrites {
  private static final Logger LOG = LoggerFactory.getLogger(LostWrites.class);
  private static final int SLICE_BYTES = 256 * 1024;
  private static final int ATTEMPTS = 10;
  private static final long PAUSE_NS = 500_000_000L;
  private static final int TIMEOUT_MS = 2000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * What this server had written when it stopped being a primary.
   *
   * @param historyId the history it wrote
   * @param from the successor has at least what is before this, as far as it ever said
   * @param end where its own writes end
   */
  private record Reign(String historyId, long from, long end) {}

  private final Journal journal;
  private final ReplicationSettings settings;
  private final Clock clock;
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile @Nullable Reign last;

  LostWrites(Replication.Parts parts) {
    journal = parts.journal();
    settings = parts.settings();
    clock = parts.clock();
  }

  /** Files that were written since the start. Any thread. */
  long files() {
    return files.get();
  }

  /** Their bytes. Any thread. */
  long bytes() {
    return bytes.get();
  }

  /**
   * This server stops being a primary; all shards are held.
   *
   * @param acknowledged up to where its successor has said that it has everything; 0 if unknown
   */
  void demoted(String historyId, long acknowledged) {
    last = new Reign(historyId, acknowledged, journal.end());
  }

  /** The successor has all of our history, or there is none: nothing is lost. Any thread. */
  void nothingLost() {
    last = null;
  }

  /** The successor's data comes in place of ours, which is all still here. */
  void replaced(PrimaryEndpoint successor) {
    Reign reign = last;
    last = null;
    if (reign == null || settings.lostWritesLimit() == 0 || reign.end <= reign.from) {
      return;
    }
    long first = Math.max(reign.from, journal.first());
    if (!journal.backlog().isOpen() || first >= reign.end) {
      LOG.warn(
          "What was written here and not at {} cannot be kept: there is no backlog of it",
          successor.address());
      return;
    }
    NativeOutput tail = new NativeOutput(1024);
    try {
      copy(first, reign.end, tail);
    } catch (RuntimeException problem) {
      LOG.warn("What was written here and not at {} cannot be kept", successor.address(), problem);
      tail.release();
      return;
    }
    long from = reign.end - tail.position();
    Thread.ofPlatform()
        .name("lost-writes")
        .daemon()
        .start(
            () -> {
              try {
                keep(reign, successor, from, tail);
              } finally {
                tail.release();
              }
            });
  }

  /** Copies the end of the journal, as much of it as may be kept. */
  private void copy(long first, long end, NativeOutput to) {
    long from = Math.max(first, end - Math.min(settings.lostWritesLimit(), Integer.MAX_VALUE / 2));
    JournalReader reader = journal.openReader(from, Long.MAX_VALUE, () -> {});
    if (reader == null) {
      throw new IllegalStateException("the journal does not reach back to " + from);
    }
    try (reader) {
      long left = end - from;
      while (left > 0) {
        try (JournalSlice slice = reader.take((int) Math.min(SLICE_BYTES, left))) {
          if (slice == null) {
            throw new IllegalStateException("the journal was restarted");
          }
          to.put(slice.address(), slice.length());
          left -= slice.length();
        }
      }
    }
  }

  // On a thread of its own

  private void keep(Reign reign, PrimaryEndpoint successor, long from, NativeOutput tail) {
    long parted = whereHistoriesPart(reign, successor);
    if (parted >= reign.end) {
      LOG.info("{} has all that was written here", successor.address());
      return;
    }
    try {
      LostTail.Written written =
          LostTail.write(
              tail, from, Math.max(from, parted), settings.directory(), name(reign, parted));
      if (written.file() == null) {
        LOG.info("Nothing but signs of life was sent after {} took over", successor.address());
        return;
      }
      files.incrementAndGet();
      bytes.addAndGet(written.bytes());
      tell(reign, successor, parted, written);
    } catch (IOException problem) {
      LOG.error(
          "Writes that {} never had are LOST: they cannot be kept in {}",
          successor.address(),
          settings.directory(),
          problem);
    }
  }

  private void tell(Reign reign, PrimaryEndpoint successor, long parted, LostTail.Written written) {
    LOG.warn(
        "The new primary {} never had {} commands ({} bytes) that were executed here before this"
            + " server was demoted. They are kept in {}: look at them, and replay what still"
            + " matters with 'redis-cli -c --pipe' or remove the file",
        successor.address(),
        written.commands(),
        written.bytes(),
        written.file());
    if (parted < 0) {
      LOG.warn(
          "Where the histories part is not known: the file may begin with writes that {} has",
          successor.address());
    } else if (written.from() > parted) {
      LOG.warn(
          "The first {} of {} bytes were no longer in the backlog and are not in the file",
          written.from() - parted,
          reign.end - parted);
    }
  }

  private String name(Reign reign, long parted) {
    return "lost-writes-%s-%s-%d.aof"
        .formatted(
            TIME.format(Instant.ofEpochMilli(clock.wallMs())),
            reign.historyId,
            parted < 0 ? reign.from : parted);
  }

  /** First position that only we have; -1 if nobody can tell. */
  private long whereHistoriesPart(Reign reign, PrimaryEndpoint successor) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return partedAt(reign.historyId, info(successor));
      } catch (IOException | RuntimeException problem) {
        LOG.debug("Cannot ask {} where the histories part", successor.address(), problem);
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
    return -1;
  }

  private String info(PrimaryEndpoint successor) throws IOException {
    ConnectOptions options = settings.connecting().withTimeoutsMs(TIMEOUT_MS, TIMEOUT_MS);
    try (RespConnection connection =
        RespConnection.open(new Endpoint(successor.host(), successor.port()), options)) {
      return switch (connection.call("INFO", "replication")) {
        case Reply.Bulk bulk -> new String(bulk.bytes(), StandardCharsets.UTF_8);
        case Reply.Failure failure -> throw new IOException(failure.text());
        default -> throw new IOException("unusable answer to INFO");
      };
    }
  }

  /**
   * Reads from INFO up to where a server shares a history.
   *
   * @return first position that it does not have; -1 if it does not know that history
   */
  static long partedAt(String historyId, String info) {
    String id = PrimaryReport.field(info, "master_replid");
    String formerId = PrimaryReport.field(info, "master_replid2");
    String field =
        historyId.equalsIgnoreCase(formerId)
            ? "second_repl_offset"
            : historyId.equalsIgnoreCase(id) ? "master_repl_offset" : "";
    String text = PrimaryReport.field(info, field);
    if (text == null || !text.matches("[0-9]{1,18}")) {
      return -1;
    }
    // The offset where the second one ends is the first that is not shared, counted from 1.
    long offset = Long.parseLong(text);
    return field.equals("second_repl_offset") ? offset - 1 : offset;
  }
}
