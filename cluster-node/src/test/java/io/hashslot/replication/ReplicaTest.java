package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.dispatch.HereAndNow;
import io.hashslot.journal.Effects;
import io.hashslot.journal.Journal;
import io.hashslot.journal.JournalReader;
import io.hashslot.resp.NativeOutput;
import io.hashslot.session.Session;
import io.hashslot.session.SilentLink;
import io.hashslot.time.Clock;
import java.nio.charset.StandardCharsets;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of the journal reaches a replica. */
class ReplicaTest {
  private final Journal journal = new Journal(4096, 16 * 1024);
  private final StringBuilder sent = new StringBuilder();
  private final Replica replica = replica();

  private Replica replica() {
    SilentLink link =
        new SilentLink() {
          @Override
          public void sendRaw(long address, int length) {
            byte[] bytes = new byte[length];
            long base = UnsafeApi.arrayBaseOffset(byte[].class);
            UnsafeApi.copyMemory(null, address, bytes, base, length);
            sent.append(new String(bytes, StandardCharsets.ISO_8859_1));
          }
        };
    Session session = new Session(1, link, new HereAndNow(), new NativeOutput(256), 0);
    return new Replica(
        session, new ReplicaProfile(), false, false, journal, Clock.system(), new Nobody());
  }

  /** Nobody wants to know. */
  private static final class Nobody implements Replica.Observer {
    @Override
    public void online(Replica replica) {}

    @Override
    public void acknowledged(Replica replica) {}

    @Override
    public void gone(Replica replica) {}
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void isSentWhatIsWrittenOnceItIsOnline() {
    replica.streamFrom(reader());
    write("early");
    assertThat(sent).isEmpty();
    replica.goOnline();
    write("late");
    assertThat(sent.toString()).contains("early").contains("late").hasSize((int) journal.end());
  }

  /** It would take it for the history that it knows, and could not continue with the next one. */
  @Test
  void isSentNothingThatWasWrittenAfterTheEndOfItsHistory() {
    replica.streamFrom(reader());
    replica.goOnline();
    write("before");
    replica.endStreamAt(journal.end());
    String before = sent.toString();
    write("after");
    assertThat(sent.toString()).isEqualTo(before).contains("before");
  }

  @Test
  void isSentTheRestOfItsHistoryAndNoMoreWhenItsStreamBeginsAfterTheEnd() {
    journal.backlog().open();
    replica.endStreamAt(journal.end());
    write("after");
    JournalReader reader = reader();
    replica.streamFrom(reader);
    replica.goOnline();
    write("later");
    assertThat(sent).isEmpty();
    assertThat(reader.lagBytes()).isPositive();
  }

  private JournalReader reader() {
    return journal.openReaderAtEnd(Long.MAX_VALUE, replica::wake);
  }

  private void write(String value) {
    try (Effects effects = new Effects()) {
      effects.command(0, "SET", 2).argument("k").argument(value);
      journal.append(effects);
    }
    journal.signal();
  }
}
