package io.hashslot.bus.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.DurableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine that loses power: of what was not forced, any sector may have reached the disk or not,
 * and the name may be that of any file it ever belonged to.
 */
class NodesFilePowerLossTest {
  private static final int SECTOR = 512;
  private static final int SAVES = 30;
  private static final int CRASHES = 40;

  @TempDir private Path folder;

  /** What may be in a slot, the oldest first. */
  private final Map<Path, List<byte[]>> disk = new HashMap<>();

  private byte[] firstSave = {};

  /** All was made anew with the last save; the next one is forced, whoever saves. */
  private boolean anew;

  private final List<DurableState> sinceForced = new ArrayList<>();

  @Test
  void theNewestForcedStateOrANewerOneIsFound() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Path path = folder.resolve("nodes.conf");
    try (NodesFile file = NodesFile.open(path)) {
      save(file, path, state(1, random), true);
      firstSave = Files.readAllBytes(path);
      for (int save = 2; save < SAVES; save++) {
        save(file, path, state(save, random), random.nextInt(4) == 0);
        for (int crash = 0; crash < CRASHES / 8; crash++) {
          DurableState found = afterCrash(random);
          assertThat(sinceForced).as("seed %d, save %d", seed, save).contains(found);
        }
      }
      for (int crash = 0; crash < CRASHES; crash++) {
        assertThat(sinceForced).as("seed %d", seed).contains(afterCrash(random));
      }
    }
  }

  /** States of several sectors that have little in common. */
  private static DurableState state(long epoch, SplittableRandom random) {
    StringBuilder slots = new StringBuilder();
    int distance = 2 + random.nextInt(40);
    for (int slot = random.nextInt(10); slot < 2000; slot += distance) {
      slots.append(slots.isEmpty() ? "" : " ").append(slot);
    }
    return DurableStates.alone(DurableStates.ME, 7000, 17000, epoch, slots.toString());
  }

  private void save(NodesFile file, Path path, DurableState state, boolean sync)
      throws IOException {
    boolean forcedAfterwards = sync && state.currentEpoch() % 2 == 0;
    file.save(state, sync && !forcedAfterwards);
    if (forcedAfterwards) {
      file.force();
    }
    boolean forced = sync || anew;
    anew = disk.isEmpty() || outgrown(path);
    if (forced) {
      sinceForced.clear();
    }
    sinceForced.add(state);
    if (anew) { // And durable.
      disk.clear();
      firstSave = Files.readAllBytes(path);
      sinceForced.subList(0, sinceForced.size() - 1).clear();
    }
    for (Path slot : SaveSlots.paths(path)) {
      byte[] now = Files.readAllBytes(slot);
      List<byte[]> versions = disk.computeIfAbsent(slot, _ -> new ArrayList<>(List.of(now)));
      if (!Arrays.equals(versions.getLast(), now)) {
        versions.add(now);
        if (forced) {
          versions.subList(0, versions.size() - 1).clear();
        }
      }
    }
  }

  private boolean outgrown(Path path) throws IOException {
    Path slot = SaveSlots.paths(path).getFirst();
    return Files.size(slot) != Objects.requireNonNull(disk.get(slot)).getFirst().length;
  }

  private DurableState afterCrash(SplittableRandom random) throws Exception {
    Path after = Files.createTempDirectory(folder, "after");
    List<byte[]> named = new ArrayList<>(List.of(firstSave));
    for (Map.Entry<Path, List<byte[]>> entry : disk.entrySet()) {
      byte[] content = mixture(entry.getValue(), random);
      Files.write(after.resolve(entry.getKey().getFileName()), content);
      named.add(content);
    }
    Files.write(after.resolve("nodes.conf"), named.get(random.nextInt(named.size())));
    try (NodesFile file = NodesFile.open(after.resolve("nodes.conf"))) {
      DurableState found = file.load(false);
      assertThat(found).isNotNull();
      return found;
    }
  }

  private static byte[] mixture(List<byte[]> versions, SplittableRandom random) {
    byte[] mixed = new byte[versions.getLast().length];
    for (int at = 0; at < mixed.length; at += SECTOR) {
      byte[] version = versions.get(random.nextInt(versions.size()));
      System.arraycopy(version, at, mixed, at, Math.min(SECTOR, mixed.length - at));
    }
    return mixed;
  }
}
