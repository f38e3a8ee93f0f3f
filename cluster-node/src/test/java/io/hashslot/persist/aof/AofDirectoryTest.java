package io.hashslot.persist.aof;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.persist.aof.Manifest.Entry;
import io.hashslot.persist.aof.Manifest.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of append-only files: names, and the manifest's way onto the disk. */
class AofDirectoryTest {
  @TempDir Path dir;
  private AofDirectory directory;

  @BeforeEach
  void open() {
    directory = new AofDirectory(dir, "appendonlydir", "appendonly.aof");
  }

  @Test
  void shouldNameFilesAsRedisDoes() {
    Manifest manifest =
        new Manifest(List.of(new Entry("b", 4, Type.BASE), new Entry("i", 7, Type.INCR)));
    assertThat(directory.newBase(manifest, true))
        .isEqualTo(new Entry("appendonly.aof.5.base.rdb", 5, Type.BASE));
    assertThat(directory.newBase(manifest, false).fileName())
        .isEqualTo("appendonly.aof.5.base.aof");
    assertThat(directory.newIncrement(manifest))
        .isEqualTo(new Entry("appendonly.aof.8.incr.aof", 8, Type.INCR));
    assertThat(directory.newIncrement(Manifest.EMPTY).fileName())
        .isEqualTo("appendonly.aof.1.incr.aof");
    assertThat(directory.path().relativize(directory.temporaryIncrement()))
        .hasToString("temp-appendonly.aof.incr");
  }

  @Test
  void shouldListNothingBeforeTheFirstManifest() throws IOException {
    assertThat(directory.manifest()).isEqualTo(Manifest.EMPTY);
    directory.create();
    assertThat(directory.manifest()).isEqualTo(Manifest.EMPTY);
  }

  @Test
  void shouldReplaceTheManifestAsAWhole() throws IOException {
    Manifest first = Manifest.EMPTY.withIncrement(directory.newIncrement(Manifest.EMPTY));
    directory.replaceManifest(first);
    assertThat(directory.manifest()).isEqualTo(first);
    Manifest second = first.withIncrement(directory.newIncrement(first));
    directory.replaceManifest(second);
    assertThat(directory.manifest()).isEqualTo(second);
    try (var files = Files.list(directory.path())) {
      assertThat(files).containsExactly(directory.manifestFile());
    }
  }

  @Test
  void shouldDeleteHistoryAndForgetIt() throws IOException {
    directory.create();
    Entry gone = new Entry("gone", 1, Type.HISTORY);
    Entry old = new Entry("old", 2, Type.HISTORY);
    Entry live = new Entry("live", 3, Type.INCR);
    directory.createEmpty(old);
    directory.createEmpty(live);
    Manifest after = directory.deleteHistory(new Manifest(List.of(gone, old, live)));
    assertThat(after.entries()).containsExactly(live);
    assertThat(directory.manifest()).isEqualTo(after);
    assertThat(directory.file(old)).doesNotExist();
    assertThat(directory.file(live)).exists();
  }
}
