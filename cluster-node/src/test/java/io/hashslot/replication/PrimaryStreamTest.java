package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.journal.Journal;
import io.hashslot.resp.ProtocolException;
import io.hashslot.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrimaryStreamTest {
  private static final String SET = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n";
  private static final String MULTI = "*1\r\n$5\r\nMULTI\r\n";
  private static final String EXEC = "*1\r\n$4\r\nEXEC\r\n";
  private static final String GETACK = "*3\r\n$8\r\nREPLCONF\r\n$6\r\nGETACK\r\n$1\r\n*\r\n";

  private final Journal journal = new Journal(1 << 20);
  private final List<String> applied = new ArrayList<>();
  private final List<Long> acknowledged = new ArrayList<>();
  private boolean busy;
  private boolean multi;
  private boolean halted;

  private final Applier applier =
      new Applier() {
        @Override
        public boolean apply(Request command) {
          if (busy) {
            return false;
          }
          applied.add(
              command.text(0) + (command.count() > 2 ? "=" + command.text(2).length() : ""));
          multi = command.is(0, "MULTI") || (multi && !command.is(0, "EXEC"));
          return true;
        }

        @Override
        public void batchEnd() {}

        @Override
        public boolean inTransaction() {
          return multi;
        }

        @Override
        public int database() {
          return 0;
        }

        @Override
        public void restart(int database) {}
      };

  private PrimaryStream stream;

  @BeforeEach
  void follow() {
    journal.follow();
    journal.backlog().open();
    stream = new PrimaryStream(journal, applier, acknowledged::add, () -> halted);
  }

  @AfterEach
  void close() {
    stream.close();
    journal.close();
  }

  @Test
  void theProcessedOffsetMovesByWholeCommands() {
    receive(SET + SET.substring(0, 10));
    assertThat(journal.end()).isEqualTo(SET.length());
    assertThat(stream.readOffset()).isEqualTo(SET.length() + 10);
    receive(SET.substring(10));
    assertThat(journal.end()).isEqualTo(2 * SET.length());
  }

  @Test
  void insideATransactionItStandsStillUntilExec() {
    receive(SET + MULTI + SET);
    assertThat(journal.end()).isEqualTo(SET.length());
    receive(SET.substring(0, 5));
    receive(SET.substring(5) + GETACK);
    assertThat(acknowledged).as("a GETACK inside is not answered").isEmpty();
    receive(EXEC);
    assertThat(journal.end()).isEqualTo((SET + MULTI + SET + SET + GETACK + EXEC).length());
  }

  @Test
  void anAcknowledgementReportsTheOffsetBeforeTheQuestion() {
    receive(SET + GETACK);
    assertThat(acknowledged).containsExactly((long) SET.length());
    assertThat(journal.end()).isEqualTo(SET.length() + GETACK.length());
  }

  @Test
  void aBusyShardHoldsEverythingBackAndLosesNothing() {
    busy = true;
    assertThat(receive(SET)).isFalse();
    String large = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100000\r\n" + "x".repeat(100_000) + "\r\n";
    assertThat(receive(large + MULTI)).isFalse();
    assertThat(journal.end()).isZero();
    assertThat(journal.streamTurn().underway()).isFalse();
    assertThat(stream.resume()).isFalse();
    busy = false;
    assertThat(stream.resume()).isTrue();
    assertThat(applied).containsExactly("SET=1", "SET=100000", "MULTI");
    assertThat(journal.end()).isEqualTo(SET.length() + large.length());
  }

  @Test
  void whenHaltedNothingMoreIsApplied() {
    receive(SET);
    halted = true;
    assertThat(receive(SET)).isFalse();
    assertThat(journal.streamTurn().underway()).isFalse();
    assertThat(applied).hasSize(1);
  }

  @Test
  void pingsCountButAreNotApplied() {
    receive("*1\r\n$4\r\nPING\r\n");
    assertThat(applied).isEmpty();
    assertThat(journal.end()).isEqualTo(14);
  }

  @Test
  void anInlineCommandIsCorruption() {
    assertThatThrownBy(() -> receive(SET + "SET a b\r\n")).isInstanceOf(ProtocolException.class);
    assertThat(journal.end()).isEqualTo(SET.length());
  }

  private boolean receive(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    long memory = UnsafeApi.allocateMemory(bytes.length);
    UnsafeApi.copyMemory(
        bytes, UnsafeApi.arrayBaseOffset(byte[].class), null, memory, bytes.length);
    try {
      return stream.receive(memory, bytes.length);
    } finally {
      UnsafeApi.freeMemory(memory);
    }
  }
}
