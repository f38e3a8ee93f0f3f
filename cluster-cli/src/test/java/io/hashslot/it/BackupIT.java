package io.hashslot.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The procedure of docs/backups.md, with processes. */
@Timeout(240)
class BackupIT {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static ServerProcess server(Path folder, String... options) {
    List<String> words = new ArrayList<>(List.of("--cluster-enabled", "no", "--dir", "" + folder));
    words.addAll(List.of("--io-threads", "1", "--snapshot-retain", "2"));
    words.addAll(List.of(options));
    return SERVERS.server(Program.HASHSLOT, words.toArray(String[]::new));
  }

  private static void awaitBackups(ServerProcess server, String count) {
    await()
        .atMost(ServerProcess.PATIENCE)
        .until(
            () ->
                ServerProcess.field(server.call("INFO", "persistence"), "snapshot_backups")
                    .equals(count));
  }

  @Test
  void dataThatWasDeletedByMistakeComesBackFromAKeptSnapshot() throws Exception {
    Path folder = SERVERS.folder();
    Path snapshots = folder.resolve("snapshots");
    ServerProcess first = server(folder);
    first.launch();
    first.awaitAnswer();
    first.call("SET", "version", "1");
    first.call("BGSAVE");
    awaitBackups(first, "1");
    for (String version : List.of("2", "3")) {
      first.call("SET", "version", version);
      assertThat(first.call("SAVE")).isEqualTo("OK");
    }
    awaitBackups(first, "2");
    first.call("FLUSHALL");
    first.call("SET", "version", "mistaken");
    first.kill();

    ServerProcess careless = server(folder, "--restore-from", "" + snapshots);
    careless.launch();
    await().atMost(ServerProcess.PATIENCE).until(() -> !careless.isRunning());
    assertThat(careless.log()).content().contains("there is data already", "--restore-replace");

    ServerProcess newest = server(folder, "--restore-from", "" + snapshots, "--restore-replace");
    newest.launch();
    newest.awaitAnswer();
    assertThat(newest.call("GET", "version")).isEqualTo("3");
    newest.kill();
    assertThat(folder.resolve("replaced-1/dump.rdb")).exists();

    Path oldest;
    try (Stream<Path> files = Files.list(snapshots)) {
      oldest = files.filter(file -> file.toString().endsWith(".rdb")).sorted().toList().getFirst();
    }
    Path elsewhere = SERVERS.folder();
    ServerProcess other = server(elsewhere, "--restore-from", "" + oldest, "--appendonly", "yes");
    other.launch();
    other.awaitAnswer();
    assertThat(other.call("GET", "version")).isEqualTo("2");
    other.call("SET", "after", "the restoring");
    other.stop();
    ServerProcess again = server(elsewhere, "--appendonly", "yes");
    again.launch();
    again.awaitAnswer();
    assertThat(again.call("GET", "version")).isEqualTo("2");
    assertThat(again.call("GET", "after")).isEqualTo("the restoring");
  }

  /** Its ports tell nothing: the one that restores listens elsewhere. */
  @Test
  void nothingIsPutIntoAFolderWhereAServerLivesHoweverItGotThere() throws Exception {
    Path first = SERVERS.folder();
    Path second = SERVERS.folder();
    Path backup = SERVERS.folder().resolve("dump.rdb");
    ServerProcess living = server(first, "--enable-protected-configs", "yes");
    living.launch();
    living.awaitAnswer();
    living.call("SET", "k", "v");
    living.call("SAVE");
    Files.copy(first.resolve("dump.rdb"), backup);
    assertThat(living.call("CONFIG", "SET", "dir", "" + second)).isEqualTo("OK");

    assertThat(refusal(second, backup)).contains("a server uses the folder " + second);
    assertThat(second.resolve("dump.rdb")).doesNotExist();
    living.kill();
    for (Path left : List.of(first, second)) {
      ServerProcess restored = server(left, "--restore-from", "" + backup, "--restore-replace");
      restored.launch();
      restored.awaitAnswer();
      assertThat(restored.call("GET", "k")).isEqualTo("v");
      restored.kill();
    }
  }

  private static String refusal(Path folder, Path backup) throws Exception {
    ServerProcess refused = server(folder, "--restore-from", "" + backup, "--restore-replace");
    refused.launch();
    await().atMost(ServerProcess.PATIENCE).until(() -> !refused.isRunning());
    return Files.readString(refused.log());
  }
}
