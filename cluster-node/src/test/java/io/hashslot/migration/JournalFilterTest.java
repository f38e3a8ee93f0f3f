package io.hashslot.migration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.memory.Memory;
import io.hashslot.resp.NativeOutput;
import io.hashslot.resp.client.Endpoint;
import io.hashslot.resp.client.RespConnection;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the journal goes to the target of a migration. */
class JournalFilterTest {
  private final SlotSet slots = new SlotSet();
  private final NativeOutput out = new NativeOutput(256);
  private CommandKit kit;
  private ServerSocket nobody;
  private RespConnection connection;
  private JournalFilter filter;

  @BeforeEach
  void start() throws IOException {
    slots.add(Slots.of("moving".getBytes(ISO_8859_1)));
    slots.add(Slots.of("too".getBytes(ISO_8859_1)));
    kit = new CommandKit(1, true);
    // The filter asks the stream which database it stands in; nothing is sent.
    nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    connection =
        RespConnection.openBare(new Endpoint("127.0.0.1", nobody.getLocalPort()), 10_000, null);
    filter = new JournalFilter(slots, kit.table(), new TargetStream(connection));
  }

  @AfterEach
  void end() throws IOException {
    filter.close();
    out.release();
    connection.close();
    nobody.close();
    kit.close();
  }

  private static String bytes(String... commands) {
    StringBuilder text = new StringBuilder();
    for (String command : commands) {
      text.append(new String(Commands.encode(List.of(command.split(" "))), ISO_8859_1));
    }
    return text.toString();
  }

  private void take(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    long address = UnsafeApi.allocateMemory(Math.max(1, bytes.length));
    try {
      Memory.copy(bytes, 0, address, bytes.length);
      filter.take(address, bytes.length, out);
    } finally {
      UnsafeApi.freeMemory(address);
    }
  }

  private String picked() {
    String text = new String(out.toBytes(), ISO_8859_1);
    out.position(0);
    return text;
  }

  private String pickedFrom(String... commands) {
    take(bytes(commands));
    return picked();
  }

  @Test
  void commandsOnKeysOfTheSlotsAreTakenAsTheyStandThere() {
    assertThat(
            pickedFrom(
                "SET {moving}a 1",
                "SET {staying}a 2",
                "PEXPIREAT {moving}a 1999999999999",
                "set too 3",
                "DEL {staying}a"))
        .isEqualTo(bytes("SET {moving}a 1", "PEXPIREAT {moving}a 1999999999999", "set too 3"));
  }

  @Test
  void theFirstKeyDecidesWhereverItStands() {
    String[] commands = {
      "RENAME {moving}a {moving}b",
      "ZUNIONSTORE {moving}z 2 {moving}a {moving}b",
      "XGROUP CREATE {moving}x group $",
      "BITOP AND {moving}c {moving}a {moving}b",
      "SORT {moving}list STORE {moving}sorted"
    };
    assertThat(pickedFrom(commands)).isEqualTo(bytes(commands));
    String elsewhere = String.join("\n", commands).replace("moving", "staying");
    assertThat(pickedFrom(elsewhere.split("\n"))).isEmpty();
  }

  @Test
  void whatHasNoKeyAndTheBracketsOfTransactionsAreLeftOut() {
    assertThat(
            pickedFrom(
                "PING",
                "MULTI",
                "SET {moving}a 1",
                "SET {moving}b 1",
                "EXEC",
                "REPLCONF GETACK *",
                "SCRIPT FLUSH",
                "PUBLISH moving text",
                "SPUBLISH moving text",
                "CLUSTER SYNCSLOTS FINISH STATE success NAME x",
                "UNHEARDOF moving"))
        .isEqualTo(bytes("SET {moving}a 1", "SET {moving}b 1"));
  }

  @Test
  void databasesAreSelectedWhereItMatters() {
    assertThat(
            pickedFrom(
                "SELECT 3",
                "SET {staying}a 1",
                "SELECT 2",
                "SET {moving}a 1",
                "SET {moving}b 1",
                "SELECT 0",
                "SELECT 2",
                "DEL {moving}a",
                "SELECT 0",
                "SET {moving}a 0"))
        .isEqualTo(
            bytes(
                "SELECT 2",
                "SET {moving}a 1",
                "SET {moving}b 1",
                "DEL {moving}a",
                "SELECT 0",
                "SET {moving}a 0"));
  }

  @Test
  void theDatabaseInWhichTheSnapshotHasEndedIsLeft() throws IOException {
    TargetStream target = new TargetStream(connection);
    target.select(5, out);
    out.position(0);
    try (JournalFilter after = new JournalFilter(slots, kit.table(), target)) {
      filter.close();
      filter = after;
      assertThat(pickedFrom("SELECT 0", "SET {moving}a 1"))
          .isEqualTo(bytes("SELECT 0", "SET {moving}a 1"));
      filter = new JournalFilter(slots, kit.table(), target);
    }
  }

  @Test
  void itDoesNotMatterHowTheJournalIsCut() {
    long seed = Long.getLong("filter.seed", 20);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    StringBuilder all = new StringBuilder();
    StringBuilder wanted = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      boolean moves = random.nextBoolean();
      String key = moves ? "{moving}" : "{staying}";
      String command = bytes("SET " + key + i + ' ' + "v".repeat(1 + random.nextInt(3_000)));
      all.append(command);
      wanted.append(moves ? command : "");
    }
    StringBuilder found = new StringBuilder();
    for (int from = 0; from < all.length(); ) {
      int to = Math.min(all.length(), from + 1 + random.nextInt(5_000));
      take(all.substring(from, to));
      found.append(picked());
      from = to;
    }
    assertThat(found.toString()).as("-Dfilter.seed=" + seed).isEqualTo(wanted.toString());
  }

  @Test
  void aCommandMayBeLargerThanAnyBuffer() {
    String large = bytes("SET {moving}large " + "v".repeat(3_000_000));
    for (int from = 0; from < large.length(); from += 100_000) {
      take(large.substring(from, Math.min(large.length(), from + 100_000)));
    }
    assertThat(picked()).isEqualTo(large);
    assertThat(pickedFrom("SET {moving}small 1")).isEqualTo(bytes("SET {moving}small 1"));
  }
}
