package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.journal.JournalSlice;
import io.hashslot.session.Inbox;
import io.hashslot.session.Loop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often replicas are asked for acknowledgements, and when. */
class StreamSignalsTest {
  private static final String QUESTION = "*3\r\n$8\r\nREPLCONF\r\n$6\r\nGETACK\r\n$1\r\n*\r\n";

  private final Journal journal = new Journal(0);
  private final JournalReader reader = journal.openReaderAtEnd(Long.MAX_VALUE, () -> {});
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Loop loop = new QueueingLoop();
  private boolean heldBack;
  private final StreamSignals signals = new StreamSignals(journal, () -> heldBack);

  /** Keeps tasks until the test runs them. */
  private final class QueueingLoop implements Loop {
    private final Inbox inbox = new Inbox(this);

    @Override
    public boolean isCurrent() {
      return true;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public Timer schedule(Runnable task, long delayMs) {
      throw new UnsupportedOperationException("nothing here takes time");
    }

    @Override
    public Inbox inbox() {
      return inbox;
    }
  }

  @AfterEach
  void close() {
    reader.close();
    signals.close();
    journal.close();
  }

  private void runTasks() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

  private String stream() {
    StringBuilder text = new StringBuilder();
    while (true) {
      try (JournalSlice slice = reader.take(1024)) {
        if (slice == null) {
          return text.toString();
        }
        text.append(StandardCharsets.US_ASCII.decode(slice.buffer()));
      }
    }
  }

  @Test
  void whoAsksAtATimeAsksOnce() {
    for (int i = 0; i < 100; i++) {
      signals.requestAcks(loop);
    }
    assertThat(stream()).as("at once").isEmpty();
    runTasks();
    assertThat(stream()).isEqualTo(QUESTION);
    signals.requestAcks(loop);
    runTasks();
    assertThat(stream()).as("later").isEqualTo(QUESTION);
  }

  @Test
  void theQuestionGoesWithWhatIsSentAnyhow() {
    assertThat(signals.askNow()).as("nobody asked").isFalse();
    signals.requestAcks(loop);
    assertThat(signals.askNow()).isTrue();
    assertThat(stream()).isEqualTo(QUESTION);
    runTasks();
    assertThat(stream()).as("it has been asked").isEmpty();
  }

  @Test
  void whileTheRoleIsHandedOverNothingIsAsked() {
    heldBack = true;
    signals.requestAcks(loop);
    runTasks();
    assertThat(stream()).isEmpty();
    heldBack = false;
    signals.requestAcks(loop);
    runTasks();
    assertThat(stream()).as("afterwards").isEqualTo(QUESTION);
  }
}
