package io.hashslot.bus.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.bus.core.DurableState;
import io.hashslot.slot.Slots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;
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
    Files.writeString(folder.resolve("nodes.conf.save-1"), "left by another one");
    try (NodesFile file = NodesFile.open(path)) {
      file.save(DurableStates.random(new SplittableRandom(1)), true);
      file.save(DurableStates.full(), false);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("nodes.conf", "nodes.conf.lock");
    }
    try (NodesFile file = NodesFile.open(path)) {
      assertThat(file.load(false)).isEqualTo(DurableStates.full());
    }
  }

  @Test
  void eachSaveIsInTheFileItselfAtOnce() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    try (NodesFile file = NodesFile.open(path)) {
      for (int i = 0; i < 20; i++) {
        DurableState state = DurableStates.random(random);
        file.save(state, random.nextBoolean());
        assertThat(NodesText.parse(Files.readString(path), false)).isEqualTo(state);
      }
    }
  }

  @Test
  void aStateThatNeedsMoreRoomThanTheOnesBeforeIsSaved() throws Exception {
    DurableState small = DurableStates.alone(DurableStates.ME, 7000, 17000, 1, "0-10");
    StringJoiner oddSlots = new StringJoiner(" ");
    for (int slot = 1; slot < Slots.COUNT; slot += 2) {
      oddSlots.add(Integer.toString(slot));
    }
    DurableState large = DurableStates.alone(DurableStates.ME, 7000, 17000, 2, oddSlots.toString());
    try (NodesFile file = NodesFile.open(path)) {
      for (DurableState state : List.of(small, small, large, large, small, large)) {
        file.save(state, false);
        assertThat(file.load(false)).isEqualTo(state);
      }
    }
    try (NodesFile file = NodesFile.open(path)) {
      assertThat(file.load(false)).isEqualTo(large);
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
    Path inTheWay = folder.resolve("nodes.conf.tmp-" + ProcessHandle.current().pid());
    try (NodesFile file = NodesFile.open(path)) {
      for (boolean first : List.of(true, false)) {
        Files.createDirectories(inTheWay.resolve("full"));
        DurableState other = DurableStates.random(new SplittableRandom(1));
        assertThatThrownBy(() -> file.save(other, true)).isInstanceOf(IOException.class);
        Files.delete(inTheWay.resolve("full"));
        Files.delete(inTheWay);
        String text = Files.readString(path);
        assertThat(text.isEmpty() ? null : NodesText.parse(text, false))
            .isEqualTo(first ? null : DurableStates.full());
        file.save(DurableStates.full(), true);
      }
    }
  }

  @Test
  void whereThereIsNoRoomForTheFilesBesideItEachSaveIsANewFile() throws Exception {
    SplittableRandom random = new SplittableRandom(9);
    try (NodesFile file = NodesFile.open(path)) {
      Path inTheWay = Files.createDirectories(folder.resolve("nodes.conf.save-2/full"));
      for (int i = 0; i < 5; i++) {
        DurableState state = DurableStates.random(random);
        file.save(state, i % 2 == 0);
        file.force();
        assertThat(NodesText.parse(Files.readString(path), false)).isEqualTo(state);
        if (i == 2) {
          Files.delete(inTheWay);
          Files.delete(inTheWay.getParent());
        }
      }
      file.save(DurableStates.full(), false);
      assertThat(folder.resolve("nodes.conf.save-2")).isRegularFile();
    }
    try (NodesFile file = NodesFile.open(path)) {
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
