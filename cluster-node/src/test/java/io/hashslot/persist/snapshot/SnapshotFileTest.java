package io.hashslot.persist.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFileTest {
  /** More than two portions that are forced along the way. */
  private static final int BYTES = 9 << 20;

  @TempDir Path folder;

  private void write(WritableByteChannel channel, byte[] content) throws IOException {
    for (int at = 0; at < content.length; at += 65_536) {
      channel.write(ByteBuffer.wrap(Arrays.copyOfRange(content, at, at + 65_536)));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theContentIsTheSameHoweverItIsForced(boolean forceAlong) throws IOException {
    byte[] content = new byte[BYTES];
    new Random(1).nextBytes(content);
    Path target = folder.resolve("dump.rdb");
    SnapshotFile.replace(
        target,
        "temp-1.rdb",
        forceAlong,
        channel -> write(channel, content),
        SnapshotFile::putInPlace);
    assertThat(target).hasBinaryContent(content);
    assertThat(folder).isDirectoryNotContaining("glob:**temp*");
  }

  @Test
  void aFailureLateInTheFileLeavesTheOldOneAlone() throws IOException {
    Path target = folder.resolve("dump.rdb");
    Files.writeString(target, "old");
    assertThatThrownBy(
            () ->
                SnapshotFile.replace(
                    target,
                    "temp-1.rdb",
                    true,
                    channel -> {
                      write(channel, new byte[BYTES]);
                      throw new IOException("disk full");
                    },
                    SnapshotFile::putInPlace))
        .hasMessage("disk full");
    assertThat(target).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**temp*");
  }

  @Test
  void whatIsNotWantedAnyMoreIsNotPutInPlace() throws IOException {
    Path target = folder.resolve("dump.rdb");
    SnapshotFile.replace(
        target,
        "temp-1.rdb",
        false,
        channel -> write(channel, new byte[65_536]),
        (temporary, _) -> Files.delete(temporary));
    assertThat(folder).isEmptyDirectory();
  }
}
