package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.command.CommandKit;
import io.hashslot.persist.rdb.Rdb;
import io.hashslot.persist.snapshot.SnapshotCut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases as commands: what they say, and that they bring everything back. */
class AofBaseWriterTest {
  @TempDir Path dir;
  private final CommandKit kit = new CommandKit(4, false);

  @AfterEach
  void close() {
    kit.close();
  }

  private String base(boolean timestamp, List<byte[]> functions) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long bytes = write(timestamp, functions, Channels.newChannel(out));
    assertThat(bytes).isEqualTo(out.size());
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private long write(boolean timestamp, List<byte[]> functions, WritableByteChannel channel)
      throws IOException {
    try (SnapshotCut cut =
        SnapshotCut.open(
                kit.keyspace(),
                SnapshotCut.AccessHints.IDLE,
                Rdb.NEWEST_VERSION,
                kit.clock(),
                () -> true,
                () -> true)
            .cut()) {
      return AofBaseWriter.write(cut, functions, timestamp, kit.clock(), channel);
    }
  }

  /** The words of the commands in a file, a line each. */
  private String commands() throws IOException {
    String base = base(false, List.of());
    return base.replaceAll("\\*\\d+\r\n", "\n")
        .replaceAll("\\$\\d+\r\n", "")
        .replace("\r\n", " ")
        .strip();
  }

  @Test
  void shouldBeEmptyWithoutData() throws IOException {
    assertThat(base(false, List.of())).isEmpty();
  }

  @Test
  void shouldBeginWithTheTimeAndFunctions() throws IOException {
    kit.client().run("SET", "a", "1");
    byte[] library = "#!lua name=lib\nreturn".getBytes(StandardCharsets.US_ASCII);
    assertThat(base(true, List.of(library)))
        .isEqualTo(
            "#TS:"
                + kit.clock().wallMs() / 1000
                + "\r\n"
                + AofFiles.command("FUNCTION", "LOAD", "#!lua name=lib\nreturn")
                + AofFiles.commands("SELECT 0", "SET a 1"));
  }

  @Test
  void shouldWriteValuesAsTheServersDo() throws IOException {
    CommandKit.Client client = kit.client();
    client.run("SELECT", "3");
    client.run("SET", "s", "v", "PXAT", "4102444800000");
    assertThat(commands()).isEqualTo("SELECT 3 \nSET s v \nPEXPIREAT s 4102444800000");
    client.run("FLUSHALL");
    client.run("ZADD", "z", "1.5", "m", "-inf", "n");
    assertThat(commands()).isEqualTo("SELECT 3 \nZADD z -inf n 1.5 m");
    client.run("FLUSHALL");
    client.run("HSET", "h", "f", "v", "g", "w");
    assertThat(commands()).isEqualTo("SELECT 3 \nHMSET h f v g w");
    client.run("FLUSHALL");
    client.run("XGROUP", "CREATE", "x", "g", "5-1", "MKSTREAM");
    assertThat(commands())
        .isEqualTo(
            "SELECT 3 \nXADD x MAXLEN 0 0-1 x y \nXSETID x 0-0 ENTRIESADDED 0 MAXDELETEDID 0-0"
                + " \nXGROUP CREATE x g 5-1 ENTRIESREAD -1");
    client.run("FLUSHALL");
    client.run("XADD", "x", "1-1", "f", "v");
    client.run("XADD", "x", "2-1", "f", "v", "g", "w");
    client.run("XDEL", "x", "1-1");
    client.run("XGROUP", "CREATE", "x", "g", "0");
    client.run("XGROUP", "CREATECONSUMER", "x", "g", "idle");
    client.run("XCLAIM", "x", "g", "busy", "0", "2-1", "TIME", "1000", "RETRYCOUNT", "7", "FORCE");
    assertThat(commands())
        .isEqualTo(
            "SELECT 3 \nXADD x 2-1 f v g w \nXSETID x 2-1 ENTRIESADDED 2 MAXDELETEDID 1-1"
                + " \nXGROUP CREATE x g 0-0 ENTRIESREAD -1"
                + " \nXCLAIM x g busy 0 2-1 TIME 1000 RETRYCOUNT 7 JUSTID FORCE"
                + " \nXGROUP CREATECONSUMER x g idle");
  }

  @Test
  void shouldAddElementsInCommandsOf64() throws IOException {
    CommandKit.Client client = kit.client();
    for (int i = 0; i < 130; i++) {
      client.run("RPUSH", "l", "" + i);
    }
    assertThat(base(false, List.of()))
        .contains("*66\r\n$5\r\nRPUSH")
        .contains("*4\r\n$5\r\nRPUSH\r\n$1\r\nl\r\n$3\r\n128\r\n$3\r\n129\r\n");
  }

  @Test
  void shouldBringEverythingBack() throws IOException {
    CommandKit.Client client = kit.client();
    for (int db = 0; db < 16; db += 5) {
      client.run("SELECT", "" + db);
      for (int i = 0; i < 1000; i++) {
        fill(client, db, i);
      }
      client.run("SET", "large", "x".repeat(300_000));
      client.run("RPUSH", "larges", "y".repeat(100_000), "1", "z".repeat(40_000));
    }
    AofFiles files = new AofFiles(dir).increments(base(true, List.of()));
    try (CommandKit other = new CommandKit(16, false)) {
      assertThat(files.load(other).errors()).isZero();
      assertThat(AofFiles.contents(other)).isEqualTo(AofFiles.contents(kit));
    }
  }

  private static void fill(CommandKit.Client client, int db, int i) {
    String n = "" + i;
    client.run("SET", "s" + i % 50, n);
    client.run("PEXPIREAT", "s" + i % 7, "" + (4102444800000L + i));
    client.run("RPUSH", "l" + i % 3, "element " + n);
    client.run("SADD", "numbers" + i % 3, n);
    client.run("SADD", "words" + i % 3, "word" + n);
    client.run("ZADD", "z" + i % 3, i / 3.0 + "", "member" + i % 400);
    client.run("HSET", "h" + i % 3, "field" + i % 700, n);
    client.run("XADD", "x" + i % 2, i + 1 + "-1", "f" + i % 5, n, "g", "w");
    if (i % 100 == 0) {
      client.run("XGROUP", "CREATE", "x" + db % 2, "g" + i, n);
      client.run(
          "XREADGROUP", "GROUP", "g" + i, "c" + i, "COUNT", "3", "STREAMS", "x" + db % 2, ">");
    }
  }

  @Test
  void shouldSayWhatKeptItFromWriting() {
    for (int i = 0; i < 20_000; i++) {
      kit.client().run("SET", "key" + i, "a value that fills the buffers in between, " + i);
    }
    WritableByteChannel full =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer src) throws IOException {
            throw new IOException("no space left");
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> write(false, List.of(), full))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
  }
}
