package io.hashslot.bus.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesFileTest {
  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("nodes.conf");
  }

  @Test
  void aNewFileIsEmptyAndMeansANewNode() throws Exception {
    try (NodesFile file = NodesFile.open(path)) {
      assertThat(path).isEmptyFile();
      assertThat(file.load(false)).isNull();
    }
  }

  @Test
  void whatWasSavedIsLoadedByTheNextLife() throws Exception {
    try (NodesFile file = NodesFile.open(path)) {
      file.save(DurableStates.random(new SplittableRandom(1)), false);
      file.save(DurableStates.full(), true);
    }
    try (NodesFile file = NodesFile.open(path)) {
      assertThat(file.load(false)).isEqualTo(DurableStates.full());
    }
  }

  @Test
  void nothingElseIsLeftInTheFolder() throws Exception {
    Files.writeString(folder.resolve("nodes.conf.tmp-12345-6"), "left by a crashed writer");
    try (NodesFile file = NodesFile.open(path)) {
      file.save(DurableStates.full(), true);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("nodes.conf", "nodes.conf.lock");
    }
  }

  @Test
  void nobodyElseMayOpenItUntilItIsClosed() throws Exception {
    try (NodesFile file = NodesFile.open(path)) {
      assertThatThrownBy(() -> NodesFile.open(path)).isInstanceOf(NodesFileInUseException.class);
      file.save(DurableStates.full(), true);
      assertThatThrownBy(() -> NodesFile.open(path)).isInstanceOf(NodesFileInUseException.class);
    }
    NodesFile.open(path).close();
  }

  /** The servers of others know nothing of our lock file: the file itself has to be locked. */
  @Test
  void theFileItselfStaysLockedThroughASave() throws Exception {
    Path lockFile = folder.resolve("nodes.conf.lock");
    try (NodesFile file = NodesFile.open(path)) {
      file.save(DurableStates.full(), true);
      Files.delete(lockFile);
      assertThatThrownBy(() -> NodesFile.open(path))
          .isInstanceOf(NodesFileInUseException.class)
          .hasMessageContaining(path + " is already used by a different node");
    }
    NodesFile.open(path).close();
  }

  @Test
  void aFailedSaveLeavesTheOldFile() throws Exception {
    try (NodesFile file = NodesFile.open(path)) {
      file.save(DurableStates.full(), true);
      String next = "nodes.conf.tmp-" + ProcessHandle.current().pid() + "-1";
      Files.createDirectories(folder.resolve(next));
      assertThatThrownBy(() -> file.save(DurableStates.random(new SplittableRandom(1)), true))
          .isInstanceOf(IOException.class);
      assertThat(file.load(false)).isEqualTo(DurableStates.full());
    }
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> NodesFile.open(folder.resolve("missing/nodes.conf")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(NodesFileInUseException.class);
  }
}
