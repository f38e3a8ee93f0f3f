package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandSpec;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found out about the keys of a request while their slot is being moved. */
class OpenSlotTest {
  /** A node whose slots are all being moved, and that serves them whatever is found. */
  private static final class Moving implements SlotGate {
    private @Nullable Found found;
    private boolean write;

    @Override
    public @Nullable String refuse(Session session, CommandSpec command, int slot, boolean writes) {
      write = writes;
      return null;
    }

    @Override
    public boolean open(int slot) {
      return true;
    }

    @Override
    public @Nullable String refuseOpen(Session session, CommandSpec command, int slot, Found seen) {
      found = seen;
      return null;
    }
  }

  /** A node whose slots are all being moved away; after some more questions they are gone. */
  private static final class Leaving implements SlotGate {
    private int questionsLeft;

    private boolean gone() {
      return questionsLeft-- <= 0;
    }

    @Override
    public @Nullable String refuse(Session session, CommandSpec command, int slot, boolean writes) {
      return gone() ? "MOVED" : null;
    }

    @Override
    public boolean open(int slot) {
      return !gone();
    }

    @Override
    public @Nullable String refuseOpen(Session session, CommandSpec command, int slot, Found seen) {
      return !gone() && seen.absent() > 0 ? "ASK" : null;
    }
  }

  private final Moving gate = new Moving();
  private CommandKit kit;
  private CommandKit.Client client;

  @BeforeEach
  void start() {
    kit = new CommandKit(4, 3, gate);
    client = kit.client();
    client.run("SET", "{a}1", "x");
    client.run("SET", "{a}2", "x");
  }

  @AfterEach
  void end() {
    kit.close();
  }

  private SlotGate.@Nullable Found after(String... words) {
    gate.found = null;
    client.run(words);
    return gate.found;
  }

  @Test
  void keysAreCounted() {
    assertThat(after("GET", "{a}1")).isEqualTo(new SlotGate.Found(1, 0, false, false));
    assertThat(after("GET", "{a}3")).isEqualTo(new SlotGate.Found(0, 1, false, false));
    assertThat(after("MGET", "{a}1", "{a}2", "{a}3"))
        .isEqualTo(new SlotGate.Found(2, 1, true, false));
  }

  @Test
  void aKeyThatHasLeftIsNotAbsentWhenItsSlotLeaves() {
    var leaving = new Leaving();
    try (var node = new CommandKit(4, 3, leaving)) {
      CommandKit.Client reader = node.client();
      for (int questions = 0; questions < 10; questions++) {
        leaving.questionsLeft = questions;
        assertThat(reader.run("GET", "{a}3").reply())
            .as("gone after %s", questions)
            .matches("-(MOVED|ASK)\\s*");
      }
    }
  }

  @Test
  void theSameKeyTwiceIsOne() {
    assertThat(after("MGET", "{a}3", "{a}3")).isEqualTo(new SlotGate.Found(0, 2, false, false));
  }

  @Test
  void aTransactionIsSeenAsAWholeInTheDatabasesItSelects() {
    client.run("SELECT", "1");
    client.run("SET", "{a}3", "x");
    client.run("SELECT", "0");
    client.run("MULTI");
    client.run("GET", "{a}1");
    client.run("SELECT", "1");
    client.run("GET", "{a}3");
    client.run("GET", "{a}1");
    assertThat(after("EXEC")).isEqualTo(new SlotGate.Found(2, 1, true, false));
    client.run("SELECT", "0");
  }

  @Test
  void watchedKeysAreNoKeysOfTheTransaction() {
    client.run("WATCH", "{a}8", "{b}9");
    client.run("MULTI");
    client.run("GET", "{a}1");
    assertThat(after("EXEC")).isEqualTo(new SlotGate.Found(1, 0, false, false));
  }

  @Test
  void whatLeavesItsDatabaseIsTold() {
    assertThat(after("MOVE", "{a}1", "1")).isEqualTo(new SlotGate.Found(1, 0, false, true));
    assertThat(after("COPY", "{a}2", "{a}4", "DB", "2"))
        .isEqualTo(new SlotGate.Found(1, 1, true, true));
    assertThat(after("COPY", "{a}2", "{a}4", "DB", "0", "REPLACE"))
        .isEqualTo(new SlotGate.Found(1, 1, true, false));
  }

  @Test
  void aTransactionThatWritesIsJudgedAsAWriteUnderTheLocksToo() {
    client.run("MULTI");
    client.run("SET", "{a}1", "y");
    client.run("EXEC");
    assertThat(gate.write).isTrue();
    client.run("MULTI");
    client.run("GET", "{a}1");
    client.run("EXEC");
    assertThat(gate.write).isFalse();
  }

  @Test
  void askingIsForOneCommandOrForOneTransaction() {
    Session session = client.session();
    session.asking(true);
    client.run("GET", "{a}1");
    assertThat(session.asking()).isFalse();
    session.asking(true);
    client.run("MULTI");
    client.run("GET", "{a}1");
    client.run("GET", "{a}2");
    assertThat(session.asking()).isTrue();
    client.run("EXEC");
    assertThat(session.asking()).isFalse();
  }
}
