package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandKit.Client;
import io.hashslot.command.Outcome;
import io.hashslot.command.TakeCommands;
import io.hashslot.keyspace.ExpiryMode;
import io.hashslot.keyspace.Keys;
import io.hashslot.keyspace.KeyspaceEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wait for keys: who is served, when, in which order, and what is told of it. */
@ParameterizedClass(name = "with {0} shards")
@ValueSource(ints = {1, 64})
class BlockingTest {
  private static final String NOTHING = "*-1\r\n";

  @Parameter int shards;

  private CommandKit kit;
  private Client writer;
  private Client first;
  private Client second;

  @BeforeEach
  void start() {
    kit = new CommandKit(shards, TakeCommands.table());
    writer = kit.client();
    first = kit.client();
    second = kit.client();
  }

  @AfterEach
  void end() {
    kit.close();
    assertThat(kit.environment().waiters().keyCount()).as("keys waited for in the end").isZero();
  }

  private static String pair(String key, String value) {
    return "*2\r\n$"
        + key.length()
        + "\r\n"
        + key
        + "\r\n$"
        + value.length()
        + "\r\n"
        + value
        + "\r\n";
  }

  private Outcome transaction(String... commands) {
    writer.run("MULTI");
    for (String command : commands) {
      writer.run(command.split(" "));
    }
    return writer.run("EXEC");
  }

  @Test
  void aClientThatFindsNothingWaitsUntilTheKeyIsThere() {
    first.waits("TAKE", "k", "0");
    writer
        .run("SET", "k", "v")
        .replies("+OK")
        .propagates("SET k v", "DEL k")
        .fires("new:k", "set:k", "take:k");
    assertThat(first.received()).isEqualTo(pair("k", "v"));
    writer.run("EXISTS", "k").replies(":0");
  }

  @Test
  void whoCameFirstIsServedFirst() {
    first.waits("TAKE", "k", "0");
    second.waits("TAKE", "k", "0");
    writer.run("SET", "k", "1");
    assertThat(first.received()).isEqualTo(pair("k", "1"));
    assertThat(second.received()).isEmpty();
    writer.run("SET", "k", "2");
    assertThat(second.received()).isEqualTo(pair("k", "2"));
  }

  @Test
  void oneThatWaitsForSeveralKeysGetsTheFirstInItsOwnOrder() {
    first.waits("TAKE", "a", "b", "c", "0");
    transaction("SET c 3", "SET b 2");
    assertThat(first.received()).isEqualTo(pair("b", "2"));
    writer.run("GET", "c").repliesBulk("3");
  }

  @Test
  void oneKeyOfSeveralIsEnough() {
    first.waits("TAKE", "a", "b", "a", "0");
    assertThat(kit.environment().waiters().keyCount()).isEqualTo(2);
    writer.run("SET", "b", "2");
    assertThat(first.received()).isEqualTo(pair("b", "2"));
    assertThat(kit.environment().waiters().keyCount()).isZero();
    writer.run("SET", "a", "1");
    assertThat(first.received()).isEmpty();
  }

  @Test
  void aTransactionIsOverBeforeAnybodyIsServed() {
    first.waits("TAKE", "k", "0");
    transaction("SET k 1", "DEL k");
    assertThat(first.received()).isEmpty();
    transaction("SET k 1", "SET k 2").propagates("MULTI", "SET k 1", "SET k 2", "EXEC", "DEL k");
    assertThat(first.received()).isEqualTo(pair("k", "2"));
  }

  @Test
  void withinATransactionNobodyWaits() {
    assertThat(transaction("TAKE k 0", "PASS k l 0").reply()).isEqualTo("*2\r\n*-1\r\n$-1\r\n");
  }

  @Test
  void whatOneIsServedMayServeTheNext() {
    first.waits("PASS", "a", "b", "0");
    second.waits("PASS", "b", "c", "0");
    Client third = kit.client();
    third.waits("TAKE", "c", "0");
    writer.run("SET", "a", "v").propagates("SET a v", "RENAME a b", "RENAME b c", "DEL c");
    assertThat(first.received()).isEqualTo("$1\r\nv\r\n");
    assertThat(second.received()).isEqualTo("$1\r\nv\r\n");
    assertThat(third.received()).isEqualTo(pair("c", "v"));
  }

  @Test
  void aRingOfClientsEndsWhenAllAreServed() {
    first.waits("PASS", "a", "b", "0");
    second.waits("PASS", "b", "a", "0");
    writer.run("SET", "a", "v");
    writer.run("GET", "a").repliesBulk("v");
    assertThat(first.received() + second.received()).isEqualTo("$1\r\nv\r\n$1\r\nv\r\n");
  }

  @Test
  void keysThatComeInOtherWaysServeToo() {
    first.waits("TAKE", "k", "0");
    writer.run("MSET", "other", "v", "x", "y");
    writer.run("RENAME", "other", "k");
    assertThat(first.received()).isEqualTo(pair("k", "v"));
    first.waits("TAKE", "k", "0");
    writer.run("COPY", "x", "k");
    assertThat(first.received()).isEqualTo(pair("k", "y"));
    first.waits("TAKE", "k", "0");
    writer.run("SELECT", "1");
    writer.run("SET", "k", "moved");
    assertThat(first.received()).isEmpty();
    writer.run("MOVE", "k", "0");
    assertThat(first.received()).isEqualTo(pair("k", "moved"));
    first.waits("TAKE", "k", "0");
    writer.run("SET", "k", "swapped");
    writer.run("SWAPDB", "0", "1");
    assertThat(first.received()).isEqualTo(pair("k", "swapped"));
  }

  @Test
  void theTimeIsUpAtItsEnd() {
    first.waits("TAKE", "k", "0.1001");
    kit.passMs(100);
    assertThat(first.received()).isEmpty();
    kit.passMs(1);
    assertThat(first.received()).isEqualTo(NOTHING);
    writer.run("SET", "k", "v");
    assertThat(first.received()).isEmpty();
    first.resp3().waits("TAKE", "other", "1");
    kit.passMs(1000);
    assertThat(first.received()).isEqualTo("_\r\n");
  }

  @Test
  void timesAreJudgedAsValkeyDoes() {
    for (String time : new String[] {"abc", "nan", "", " 1", "1x"}) {
      first.run("TAKE", "k", time).fails("ERR timeout is not a float or out of range");
    }
    for (String time : new String[] {"inf", "1e20", "9223372036854775", "9223372036854775807"}) {
      first.run("TAKE", "k", time).fails("ERR timeout is out of range");
    }
    first.run("TAKE", "k", "-1").fails("ERR timeout is negative");
    first.run("TAKE", "k", "-inf").fails("ERR timeout is negative");
    writer.run("SET", "k", "v");
    first.run("SPOT", "k", "1.5").replies("-ERR timeout is not an integer or out of range");
    first.run("SPOT", "k", "9223372036854775807").replies("-ERR timeout is out of range");
    first.run("SPOT", "k", "-1").replies("-ERR timeout is negative");
    for (String time : new String[] {"0x10", "1e-10", "0.0001"}) {
      second.waits("TAKE", "nothing", time);
      kit.passMs(20_000);
      assertThat(second.received()).isEqualTo(NOTHING);
    }
    second.waits("TAKE", "nothing", "-0.0000001");
    kit.passMs(20_000);
    assertThat(second.received()).as("without end").isEmpty();
  }

  @Test
  void othersCanEndTheWaiting() {
    String id = "" + first.session().id();
    first.waits("TAKE", "k", "0");
    writer.run("CLIENT", "UNBLOCK", id).replies(":1");
    assertThat(first.received()).isEqualTo(NOTHING);
    writer.run("CLIENT", "UNBLOCK", id).replies(":0");
    first.waits("TAKE", "k", "0");
    writer.run("CLIENT", "UNBLOCK", id, "ERROR").replies(":1");
    assertThat(first.received()).isEqualTo("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n");
    writer.run("SET", "k", "v");
    writer.run("EXISTS", "k").replies(":1");
  }

  @Test
  void nothingIsTakenForAClientThatIsGone() {
    first.waits("TAKE", "k", "0");
    second.waits("TAKE", "k", "0");
    writer.run("CLIENT", "KILL", "ID", "" + second.session().id()).replies(":1");
    first.leaves();
    writer.run("SET", "k", "v");
    writer.run("EXISTS", "k").replies(":1");
  }

  @Test
  void whoEndsWithTheKeyLearnsThatItIsGone() {
    writer.run("SET", "k", "v");
    first.waits("SPOT", "k", "0");
    assertThat(kit.environment().waiters().endingKeyCount()).isEqualTo(1);
    writer.run("APPEND", "k", "w");
    assertThat(first.received()).isEmpty();
    writer.run("DEL", "k");
    assertThat(first.received()).isEqualTo("-GONE the key is not there\r\n");
    for (String flush : new String[] {"FLUSHDB", "FLUSHALL"}) {
      writer.run("SET", "k", "v");
      first.waits("SPOT", "k", "0");
      writer.run(flush);
      writer.run("PING");
      assertThat(first.received()).isEqualTo("-GONE the key is not there\r\n");
    }
    writer.run("SET", "k", "v", "PX", "10");
    first.waits("SPOT", "k", "0");
    kit.clock().advanceMs(20);
    writer.run("GET", "k").replies("$-1");
    assertThat(first.received()).isEqualTo("-GONE the key is not there\r\n");
  }

  @Test
  void dataThatWasLoadedIsLookedAt() {
    kit.state().afterLoading(kit.environment().waiters()::lookAgain);
    first.waits("TAKE", "k", "0");
    second.waits("TAKE", "k", "0");
    kit.state().loading(true);
    Keys loader = kit.keyspace().newKeys(KeyspaceEvents.NONE);
    loader.begin(0, ExpiryMode.IGNORE);
    byte[] text = {'v'};
    loader.putText(loader.key(new byte[] {'k'}, -1), text, Keys.NO_EXPIRY);
    kit.passMs(0);
    assertThat(first.received()).isEmpty();
    kit.state().loading(false);
    kit.passMs(0);
    assertThat(first.received()).isEqualTo(pair("k", "v"));
    assertThat(second.received()).isEmpty();
  }

  @Test
  void aPauseHoldsTheServingBack() {
    first.waits("TAKE", "k", "0");
    transaction("SET k v", "CLIENT PAUSE 60000 WRITE");
    assertThat(first.received()).isEmpty();
    writer.run("CLIENT", "UNPAUSE");
    kit.passMs(0);
    assertThat(first.received()).isEqualTo(pair("k", "v"));
    first.waits("TAKE", "k", "0");
    transaction("SET k v", "CLIENT PAUSE 60000 WRITE");
    kit.passMs(60_000);
    assertThat(first.received()).isEqualTo(pair("k", "v"));
  }

  @Test
  void theGatesAreThoseOfTheMoment() {
    first.waits("PASS", "a", "b", "0");
    transaction("SET a v");
    assertThat(first.received()).isEqualTo("$1\r\nv\r\n");
    first.waits("PASS", "a", "c", "0");
    kit.state().outOfMemory(true);
    writer.run("RENAME", "b", "a").replies("+OK");
    assertThat(first.received()).startsWith("-OOM command not allowed");
    kit.state().outOfMemory(false);
    writer.run("EXISTS", "a").replies(":1");
  }

  @Test
  void repliesThatAreNotWantedAreNotSent() {
    first.run("CLIENT", "REPLY", "SKIP");
    first.waits("TAKE", "k", "0");
    writer.run("SET", "k", "v");
    assertThat(first.received()).isEmpty();
    first.run("PING").replies("+PONG");
  }

  @Test
  void aWaitingClientIsCountedOnceItIsAnswered() {
    int take = kit.table().find("take").index();
    first.waits("TAKE", "k", "0");
    assertThat(kit.environment().statistics().row(take).calls()).isZero();
    writer.run("SET", "k", "v");
    assertThat(kit.environment().statistics().row(take).calls()).isEqualTo(1);
    first.received();
    first.waits("TAKE", "k", "1");
    kit.passMs(1000);
    assertThat(kit.environment().statistics().row(take).calls()).isEqualTo(2);
  }
}
