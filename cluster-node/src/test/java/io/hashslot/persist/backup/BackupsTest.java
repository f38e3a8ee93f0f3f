package io.hashslot.persist.backup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.persist.aof.AofDirectory;
import io.hashslot.persist.aof.Manifest;
import io.hashslot.persist.snapshot.Saver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeping snapshots, and putting one of them into the place of data. */
class BackupsTest {
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";
  private static final long NOON_MS = 1_795_348_800_000L; // 2026-11-22T12:00:00Z

  @TempDir Path folder;
  private int retain = 3;

  private Path kept() {
    return folder.resolve("snapshots");
  }

  private Path dump() {
    return folder.resolve("dump.rdb");
  }

  private Backups backups() {
    return new Backups(
        new Backups.Settings() {
          @Override
          public int retain() {
            return retain;
          }

          @Override
          public Path folder() {
            return kept();
          }
        });
  }

  /** As the saver does: a new file takes the place of the old one. */
  private void place(Backups backups, String content, long timeMs, long offset) throws IOException {
    Path temporary = folder.resolve("temp.rdb");
    Files.writeString(temporary, content);
    Files.move(temporary, dump(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    backups.placed(
        new Saver.Saved(dump(), timeMs, content.length(), new Saver.Position(ID, offset, 0)));
  }

  private void save(Backups backups, String content, long timeMs, long offset) throws IOException {
    place(backups, content, timeMs, offset);
    backups.finish();
    assertThat(backups.lastSucceeded()).isTrue();
  }

  private List<String> names() throws IOException {
    return names(kept());
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(FolderLock.NAME))
          .sorted()
          .toList();
    }
  }

  private static String name(String time, long offset) {
    return "snapshot-20261122T" + time + "Z-" + offset + ".rdb";
  }

  @Test
  void nothingIsKeptUnlessAskedFor() throws Exception {
    retain = 0;
    save(backups(), "data", NOON_MS, 1);
    assertThat(kept()).doesNotExist();
  }

  @Test
  void theNewestAreKeptUnderNamesWithTimeAndOffset() throws Exception {
    Backups backups = backups();
    for (int i = 0; i < 5; i++) {
      save(backups, "data " + i, NOON_MS + i * 1001L, 100 + i);
    }
    assertThat(names())
        .containsExactly(
            "backups.manifest",
            name("120002.002", 102),
            name("120003.003", 103),
            name("120004.004", 104));
    assertThat(kept().resolve(name("120003.003", 103))).hasContent("data 3");
    assertThat(backups.count()).isEqualTo(3);
    List<Backup> listed = BackupManifest.read(kept()).backups();
    assertThat(listed).extracting(Backup::replicationOffset).containsExactly(102L, 103L, 104L);
    assertThat(listed.getFirst())
        .isEqualTo(
            new Backup(
                name("120002.002", 102),
                6,
                Sha256.of(kept().resolve(name("120002.002", 102))),
                NOON_MS + 2002,
                6,
                ID,
                102));
    retain = 1;
    save(backups, "last", NOON_MS + 9000, 200);
    assertThat(names()).containsExactly("backups.manifest", name("120009.000", 200));
  }

  @Test
  void aClockThatIsSetBackDoesNotCostTheNewestBackup() throws Exception {
    Backups backups = backups();
    for (int i = 0; i < 4; i++) {
      save(backups, "data " + i, NOON_MS - i * 1000L, 5);
    }
    assertThat(names()).contains(name("115957.000", 5)).doesNotContain(name("120000.000", 5));
    save(backups, "the same moment", NOON_MS - 3000, 5);
    assertThat(names()).contains("snapshot-20261122T115957.000Z-5-2.rdb");
  }

  @Test
  void whatACrashLeavesBetweenTheStepsIsFoundTheNextTime() throws Exception {
    save(backups(), "first", NOON_MS, 1);
    place(backups(), "second, not named any more", NOON_MS + 1000, 2);
    Files.writeString(kept().resolve("temp-copy-x.rdb"), "half of a copy");
    Files.writeString(kept().resolve("notes.rdb"), "somebody else's");
    save(backups(), "third", NOON_MS + 2000, 3);
    assertThat(BackupManifest.read(kept()).backups())
        .extracting(Backup::fileName)
        .containsExactly(name("120000.000", 1), name("120001.000", 2), name("120002.000", 3));
    assertThat(names()).contains("notes.rdb").doesNotContain("temp-copy-x.rdb");
    // One that should have been deleted is taken for as old as it is.
    Files.writeString(kept().resolve(name("110000.000", 0)), "old");
    save(backups(), "fourth", NOON_MS + 3000, 4);
    assertThat(BackupManifest.read(kept()).backups())
        .extracting(Backup::replicationOffset)
        .containsExactly(2L, 3L, 4L);
    assertThat(names()).hasSize(5);
  }

  @Test
  void aDamagedManifestIsPutAsideAndMadeAnew() throws Exception {
    save(backups(), "first", NOON_MS, 1);
    Path manifest = kept().resolve(BackupManifest.FILE_NAME);
    String text = Files.readString(manifest);
    for (String damaged :
        List.of(
            "",
            "\n",
            text.substring(0, text.length() - 1),
            text.replace("bytes 5", "bytes 6"),
            text + text)) {
      Files.writeString(manifest, damaged);
      assertThatThrownBy(() -> BackupManifest.read(kept()))
          .isInstanceOf(DamagedManifestException.class);
    }
    save(backups(), "second", NOON_MS + 1000, 2);
    assertThat(kept().resolve("backups.manifest.damaged")).hasContent(text + text);
    assertThat(BackupManifest.read(kept()).backups())
        .extracting(Backup::replicationOffset)
        .containsExactly(1L, 2L);
  }

  @Test
  void aFailureIsTold() throws Exception {
    Files.writeString(kept(), "a file where the folder should be");
    Backups backups = backups();
    place(backups, "data", NOON_MS, 1);
    backups.finish();
    assertThat(backups.lastSucceeded()).isFalse();
  }

  // Restoring

  private void restore(Path from, boolean on, boolean replace, @Nullable Path into)
      throws IOException {
    Path target = into == null ? folder.resolve("new") : into;
    Files.createDirectories(target);
    Restore.run(
        from,
        new Restore.Target(
            target, "dump.rdb", new AofDirectory(target, "appendonlydir", "appendonly.aof"), on),
        replace);
  }

  @Test
  void anyKeptSnapshotOrTheNewestSoundOneCanBeRestored() throws Exception {
    Backups backups = backups();
    for (int i = 0; i < 3; i++) {
      save(backups, "data " + i, NOON_MS + i * 1000L, i);
    }
    restore(kept().resolve(name("120000.000", 0)), false, false, folder.resolve("a"));
    assertThat(folder.resolve("a/dump.rdb")).hasContent("data 0");
    restore(kept(), false, false, folder.resolve("b"));
    assertThat(folder.resolve("b/dump.rdb")).hasContent("data 2");
    Files.writeString(kept().resolve(name("120002.000", 2)), "dada 2");
    Files.delete(kept().resolve(name("120001.000", 1)));
    restore(kept(), false, false, folder.resolve("c"));
    assertThat(folder.resolve("c/dump.rdb")).hasContent("data 0");
    Files.writeString(kept().resolve(name("120000.000", 0)), "short");
    assertThatThrownBy(() -> restore(kept(), false, false, folder.resolve("d")))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll(
            "no backup in",
            "its SHA-256 is another one",
            "the file is missing",
            "it has 5 bytes, not 6");
    assertThat(names(folder.resolve("d"))).isEmpty();
  }

  @Test
  void whatCannotBeTrustedIsRefusedWithTheReason() throws Exception {
    save(backups(), "data", NOON_MS, 1);
    Path file = kept().resolve(name("120000.000", 1));
    Files.writeString(file, "dada");
    assertThatThrownBy(() -> restore(file, false, false, null))
        .hasMessageContaining("is not what was saved: its SHA-256 is another one");
    assertThatThrownBy(() -> restore(folder.resolve("nowhere"), false, false, null))
        .hasMessageStartingWith("there is no file or folder");
    assertThatThrownBy(() -> restore(folder, false, false, null))
        .hasMessageContaining("has no backups.manifest");
    Files.writeString(kept().resolve(BackupManifest.FILE_NAME), "nonsense\n");
    assertThatThrownBy(() -> restore(file, false, false, null))
        .hasMessageContaining("the manifest of the backups is damaged");
    Path foreign = Files.writeString(folder.resolve("elsewhere.rdb"), "not named anywhere");
    restore(foreign, false, false, null);
    assertThat(folder.resolve("new/dump.rdb")).hasContent("not named anywhere");
    assertThat(names(folder.resolve("new"))).containsExactly("dump.rdb");
  }

  @Test
  void dataThatIsThereIsNeverLost() throws Exception {
    Path backup = Files.writeString(folder.resolve("backup.rdb"), "backup");
    Path target = Files.createDirectory(folder.resolve("server"));
    Files.writeString(target.resolve("dump.rdb"), "old");
    assertThatThrownBy(() -> restore(backup, false, false, target))
        .isInstanceOf(RestoreException.class)
        .hasMessageContainingAll("there is data already", "dump.rdb", "--restore-replace");
    assertThat(target.resolve("dump.rdb")).hasContent("old");
    restore(backup, false, true, target);
    assertThat(target.resolve("dump.rdb")).hasContent("backup");
    assertThat(target.resolve("replaced-1/dump.rdb")).hasContent("old");
    restore(backup, false, true, target);
    assertThat(target.resolve("replaced-2/dump.rdb")).hasContent("backup");
  }

  @Test
  void theBackupBecomesTheBaseOfAppendOnlyFiles() throws Exception {
    Path backup = Files.writeString(folder.resolve("backup.rdb"), "backup");
    Path target = folder.resolve("server");
    restore(backup, true, false, target);
    AofDirectory files = new AofDirectory(target, "appendonlydir", "appendonly.aof");
    Manifest first = files.manifest();
    assertThat(first.toLoad()).hasSize(1);
    assertThat(files.file(first.toLoad().getFirst())).hasContent("backup");
    // The server goes on from there, and is restored again.
    Manifest.Entry increment = files.newIncrement(first);
    Files.writeString(files.file(increment), "commands");
    files.replaceManifest(first.withIncrement(increment));
    Path other = Files.writeString(folder.resolve("other.rdb"), "other");
    assertThatThrownBy(() -> restore(other, true, false, target))
        .hasMessageContaining("appendonly.aof.1.incr.aof");
    restore(other, true, true, target);
    Manifest second = files.manifest();
    assertThat(second.entries()).hasSize(1);
    assertThat(files.file(second.toLoad().getFirst())).hasContent("other");
    assertThat(names(files.path()))
        .containsExactly("appendonly.aof.2.base.rdb", "appendonly.aof.manifest");
    assertThat(names(target.resolve("replaced-1/appendonlydir")))
        .containsExactly(
            "appendonly.aof.1.base.rdb", "appendonly.aof.1.incr.aof", "appendonly.aof.manifest");
    // Without append-only files: the old ones must not come back when they are switched on.
    restore(backup, false, true, target);
    assertThat(target.resolve("dump.rdb")).hasContent("backup");
    assertThat(files.manifest()).isEqualTo(Manifest.EMPTY);
    assertThat(target.resolve("replaced-2/appendonlydir/appendonly.aof.2.base.rdb"))
        .hasContent("other");
  }

  @Test
  void whereServersLiveNothingIsRestoredAndWhereSomebodyRestoresNobodyMovesIn() throws Exception {
    Path backup = Files.writeString(folder.resolve("backup.rdb"), "backup");
    Path target = Files.createDirectories(folder.resolve("target"));
    Path otherName = Files.createSymbolicLink(folder.resolve("name"), target);
    try (FolderLock first = requireNonNull(FolderLock.live(target))) {
      FolderLock second = requireNonNull(FolderLock.live(otherName));
      first.close();
      first.close();
      assertThatThrownBy(() -> restore(backup, false, false, target))
          .isInstanceOf(RestoreException.class)
          .hasMessageContaining("a server uses the folder " + target);
      assertThat(target.resolve("dump.rdb")).doesNotExist();
      second.close();
    }
    try (FolderLock alone = requireNonNull(FolderLock.alone(otherName))) {
      assertThat(alone).isNotNull();
      assertThat(FolderLock.live(target)).isNull();
      assertThat(FolderLock.alone(target)).isNull();
    }
    restore(backup, false, false, target);
    assertThat(target.resolve("dump.rdb")).hasContent("backup");
  }
}
