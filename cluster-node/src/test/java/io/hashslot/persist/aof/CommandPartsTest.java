package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.memory.Memory;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.snapshot.CutSink;
import io.hashslot.persist.snapshot.SnapshotCut;
import io.hashslot.slot.SlotSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Big values as commands: they bring everything back, a little at a time. */
class CommandPartsTest {
  private static final Pattern COMMAND = Pattern.compile("\\*(\\d+)\r\n\\$\\d+\r\n([A-Z]+)\r\n");
  private static final Runnable NOTHING = () -> {};

  @TempDir Path dir;
  private final CommandKit kit = new CommandKit(4, true);
  private final CommandKit.Client client = kit.client();

  @AfterEach
  void close() {
    kit.close();
  }

  /** Gathers what is written of big values, and does something after each part of it. */
  private record Gathering(StringBuilder commands, Runnable meanwhile) implements CutSink {
    @Override
    public void begin(int database) {
      assertThat(database).isZero();
    }

    @Override
    public void entry(
        int type, long key, int keyLength, long expireAtMs, long value, int valueLength) {
      throw new AssertionError("there are big values only");
    }

    @Override
    public void head(int type, long key, int keyLength, long expireAtMs) {}

    @Override
    public void part(long address, int length) {
      commands.append(new String(Memory.bytes(address, length), StandardCharsets.ISO_8859_1));
      meanwhile.run();
    }

    @Override
    public void endOfParts() {}
  }

  private String written(Runnable meanwhile) throws IOException {
    StringBuilder commands = new StringBuilder();
    try (SnapshotCut cut =
        SnapshotCut.ofSlots(
                kit.keyspace(),
                SlotSet.all(),
                Rdb.NEWEST_VERSION,
                CommandParts::new,
                kit.clock(),
                () -> true)
            .cut()) {
      cut.writeTo(new Gathering(commands, meanwhile));
    }
    return commands.toString();
  }

  private void expectAllAgain(String commands, String before, List<String[]> questions)
      throws IOException {
    List<String> answers = questions.stream().map(q -> client.run(q).reply()).toList();
    AofFiles files = new AofFiles(dir).increments(commands);
    try (CommandKit other = new CommandKit(16, true)) {
      other.passMs(kit.clock().wallMs() - other.clock().wallMs());
      assertThat(files.load(other).errors()).isZero();
      assertThat(AofFiles.contents(other)).isEqualTo(before);
      CommandKit.Client reader = other.client();
      assertThat(questions.stream().map(q -> reader.run(q).reply()).toList()).isEqualTo(answers);
    }
  }

  private void fill() {
    for (int i = 0; i < 3000; i++) {
      client.run("RPUSH", "list", i % 2 == 0 ? "" + i : "an element that is longer, " + i);
      client.run("SADD", "numbers", "" + i * 7L);
      client.run("SADD", "words", "word" + i);
      client.run("ZADD", "sorted", i % 9 == 0 ? i / 3.0 + "" : "" + i, "member" + i);
      client.run("HSET", "hash", "field" + i, i % 5 == 0 ? "" : "value" + i);
    }
    client.run("ZADD", "sorted", "-inf", "least", "inf", "most", "-0.1", "less");
    client.run("HSET", "hash", "long", "x".repeat(100_000), "", "nameless");
    client.run("RPUSH", "list", "y".repeat(70_000), "", "z".repeat(20_000), "end");
    client.run("SET", "string", "s".repeat(300_001));
    client.run("PEXPIREAT", "string", "4102444800000");
    client.run("PEXPIREAT", "hash", "4102444800001");
  }

  @Test
  void shouldBuildValuesOfAllKindsAgain() throws IOException {
    fill();
    stream();
    expectAllAgain(written(NOTHING), AofFiles.contents(kit), QUESTIONS);
  }

  private static final List<String[]> QUESTIONS =
      List.of(
          new String[] {"XINFO", "GROUPS", "stream"},
          new String[] {"XPENDING", "stream", "readers"},
          new String[] {"XPENDING", "stream", "readers", "-", "+", "5000"},
          new String[] {"XPENDING", "stream", "others", "-", "+", "5000"});

  private void stream() {
    for (int i = 0; i < 3000; i++) {
      client.run("XADD", "stream", i + 1 + "-1", "f" + i % 2, "v" + i, "g", "w");
    }
    client.run("XGROUP", "CREATE", "stream", "readers", "0");
    client.run("XGROUP", "CREATE", "stream", "others", "100-0", "ENTRIESREAD", "7");
    client.run("XGROUP", "CREATE", "stream", "nobody", "$");
    client.run("XGROUP", "CREATECONSUMER", "stream", "others", "idle");
    for (int i = 0; i < 30; i++) {
      kit.passMs(7);
      read("readers", "one", "40");
      read("readers", "two", "3");
      read("others", "one", "1");
    }
    // Pending, and no more: also below and above all that is left.
    for (int id : new int[] {1, 2, 500, 501, 502, 1200, 3000}) {
      client.run("XDEL", "stream", id + "-1");
    }
    client.run("XCLAIM", "stream", "readers", "three", "0", "700-1", "701-1", "RETRYCOUNT", "9");
    client.run("XSETID", "stream", "9000-0");
  }

  private void read(String group, String consumer, String count) {
    client.run("XREADGROUP", "GROUP", group, consumer, "COUNT", count, "STREAMS", "stream", ">");
  }

  @Test
  void shouldBuildAStreamWhoseEntriesAreGone() throws IOException {
    stream();
    client.run("XTRIM", "stream", "MAXLEN", "0");
    assertThat(client.run("XLEN", "stream").reply()).isEqualTo(":0\r\n");
    expectAllAgain(written(NOTHING), AofFiles.contents(kit), QUESTIONS);
  }

  @Test
  void shouldShowWhatWasThereWhateverHappensMeanwhile() throws IOException {
    fill();
    String before = AofFiles.contents(kit);
    SplittableRandom random = new SplittableRandom(4711);
    List<String> keys = new ArrayList<>(List.of("list", "numbers", "words", "hash", "string"));
    Runnable changes =
        () -> {
          for (int i = 0; i < 20; i++) {
            String n = "" + random.nextInt(3000);
            client.run("HDEL", "hash", "field" + n);
            client.run("HSET", "hash", "field1" + n, "new");
            client.run("SREM", "words", "word" + n);
            client.run("ZADD", "sorted", "-1", "member" + n);
            client.run("LSET", "list", n, "other");
            client.run("SETRANGE", "string", n + "00", "other");
          }
          if (random.nextInt(4) == 0 && !keys.isEmpty()) {
            client.run("DEL", keys.removeFirst());
          }
        };
    expectAllAgain(written(changes), before, List.of());
  }

  @Test
  void shouldNeverDoMuchAtOnce() throws IOException {
    fill();
    stream();
    Matcher commands = COMMAND.matcher(written(NOTHING));
    int longest = 0;
    int all = 0;
    while (commands.find()) {
      longest = Math.max(longest, Integer.parseInt(commands.group(1)));
      all++;
    }
    assertThat(longest).isLessThanOrEqualTo(2 + 2 * 64);
    assertThat(all).isGreaterThan(5 * 3000 / 64 + 3000);
  }
}
