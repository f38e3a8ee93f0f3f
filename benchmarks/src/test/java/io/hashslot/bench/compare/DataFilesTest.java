package io.hashslot.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {

  @TempDir private Path directory;

  @Test
  void shouldCopyAFileOrAWholeDirectory() throws Exception {
    Path written = Files.createDirectories(directory.resolve("writer/appendonlydir"));
    Files.writeString(written.resolve("appendonly.aof.manifest"), "file a");
    Files.writeString(written.resolve("appendonly.aof.1.incr.aof"), "123");
    Files.writeString(directory.resolve("writer/dump.rdb"), "REDIS");
    Path source = directory.resolve("writer");
    DataFiles aof = new DataFiles(DataFiles.Form.AOF, source, 1);
    DataFiles rdb = new DataFiles(DataFiles.Form.RDB, source, 1);

    aof.copyTo(directory.resolve("one"));
    rdb.copyTo(directory.resolve("two"));

    assertThat(aof.bytes()).isEqualTo(9);
    assertThat(rdb.bytes()).isEqualTo(5);
    assertThat(directory.resolve("one/appendonlydir/appendonly.aof.1.incr.aof")).hasContent("123");
    assertThat(directory.resolve("one/dump.rdb")).doesNotExist();
    assertThat(directory.resolve("two/dump.rdb")).hasContent("REDIS");
  }

  @Test
  void shouldKnowTheFormsByName() {
    assertThat(DataFiles.Form.parse("aof-base")).isEqualTo(DataFiles.Form.AOF_BASE);
    assertThatThrownBy(() -> DataFiles.Form.parse("csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("csv");
  }
}
