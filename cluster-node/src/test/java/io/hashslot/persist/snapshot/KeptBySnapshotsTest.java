package io.hashslot.persist.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.command.CommandKit;
import io.hashslot.command.Outcome;
import io.hashslot.persist.rdb.RdbEntry;
import io.hashslot.persist.rdb.RdbReader;
import io.hashslot.persist.rdb.RdbVisitor;
import io.hashslot.value.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What snapshots keep of the data when they are written and loaded again. */
class KeptBySnapshotsTest {
  /** The types of the values in a snapshot. */
  private record Types(RdbReader reader, Set<Integer> seen) implements RdbVisitor {
    @Override
    public void selectDb(int db, long offset) {}

    @Override
    public void string(RdbEntry entry, long value, int valueLength) {
      seen.add(reader.type());
    }

    @Override
    public void collection(RdbEntry entry, Kind kind, Reading reading) throws IOException {
      seen.add(reader.type());
      // Only what is told first is looked at: the value would have to be read to go on.
      throw new Seen();
    }
  }

  private static final class Seen extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static byte[] saved(CommandKit kit, int version) throws IOException {
    return saved(kit, version, null);
  }

  private static byte[] saved(CommandKit kit, int version, @Nullable String historyId)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (SnapshotCut cut =
        SnapshotCut.open(
                kit.keyspace(),
                SnapshotCut.AccessHints.NONE,
                version,
                kit.clock(),
                () -> true,
                () -> 0)
            .cut()) {
      SnapshotWriter.write(
          cut,
          new SnapshotInfo(version, "7.2.0", true, true, historyId, 77, 0, false),
          List.of(),
          0,
          kit.clock(),
          Channels.newChannel(file));
    }
    return file.toByteArray();
  }

  private static Set<Integer> types(byte[] file) throws IOException {
    Set<Integer> seen = new TreeSet<>();
    try (RdbReader reader =
        new RdbReader(Channels.newChannel(new ByteArrayInputStream(file)), true)) {
      reader.read(new Types(reader, seen));
    } catch (Seen _) {
      assertThat(seen).hasSize(1);
    }
    return seen;
  }

  private static SnapshotLoader.Loaded load(
      byte[] file, CommandKit kit, SnapshotLoader.Expired expired) throws IOException {
    return SnapshotLoader.load(
        Channels.newChannel(new ByteArrayInputStream(file)),
        kit.keyspace(),
        new SnapshotLoader.Options(true, expired),
        kit.clock(),
        new LoadingProgress(kit.clock()));
  }

  @ParameterizedTest
  @CsvSource({"10, 2", "11, 20"})
  void smallSetsAreListpacksWhereTheReaderKnowsThem(int version, int type) throws IOException {
    try (CommandKit kit = new CommandKit(1, false)) {
      kit.client().run("SADD", "set", "a", "b");
      assertThat(types(saved(kit, version))).containsExactly(type);
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 19, 50", "11, 21, -1"})
  void consumersThatWereNeverActiveAreKnownSoLater(int version, int type, int inactive)
      throws IOException {
    byte[] file;
    try (CommandKit kit = new CommandKit(1, false)) {
      CommandKit.Client client = kit.client();
      client.run("XADD", "stream", "1-1", "f", "v");
      client.run("XGROUP", "CREATE", "stream", "group", "0");
      client.run("XGROUP", "CREATECONSUMER", "stream", "group", "one");
      file = saved(kit, version);
    }
    assertThat(types(file)).containsExactly(type);
    try (CommandKit kit = new CommandKit(1, false)) {
      kit.clock().advanceMs(50);
      load(file, kit, SnapshotLoader.Expired.KEEP);
      assertThat(kit.client().run("XINFO", "CONSUMERS", "stream", "group").reply())
          .endsWith("$8\r\ninactive\r\n:" + inactive + "\r\n");
    }
  }

  /** Replicas that go on with the history would otherwise never hear that the key is gone. */
  @ParameterizedTest
  @CsvSource({"true, 2, 0", "false, 1, 1"})
  void aPrimaryDropsExpiredKeysUnlessReplicasHaveToBeTold(boolean history, int kept, int dropped)
      throws IOException {
    byte[] file;
    try (CommandKit kit = new CommandKit(4, false)) {
      CommandKit.Client client = kit.client();
      client.run("SET", "ends", "1", "PX", "100");
      client.run("SET", "stays", "1");
      file = saved(kit, 10, history ? "a".repeat(40) : null);
    }
    try (CommandKit kit = new CommandKit(4, false)) {
      kit.clock().advanceMs(1000);
      SnapshotLoader.Loaded loaded = load(file, kit, SnapshotLoader.Expired.DROP);
      assertThat(loaded.keys()).isEqualTo(kept);
      assertThat(loaded.expired()).isEqualTo(dropped);
      Outcome seen = kit.client().run("GET", "ends").replies("$-1");
      assertThat(seen.propagated()).hasSize(history ? 1 : 0);
    }
  }
}
