package io.hashslot.resp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hashslot.resp.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AsyncConnectionTest {
  private static final ConnectOptions IN_TIME = ConnectOptions.PLAIN.withTimeoutsMs(20_000, 60_000);

  @Test
  void shouldGiveEachOfManyThreadsItsOwnReply() throws Exception {
    try (var server = new ScriptedServer(command -> "+" + command + "\r\n");
        var connection = AsyncConnection.open(server.endpoint(), IN_TIME, _ -> {});
        var executor = Executors.newFixedThreadPool(8)) {
      List<Future<?>> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int thread = t;
        threads.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    String word = "t" + thread + "-" + i;
                    assertThat(connection.submit(Command.of(word)).join().asText()).isEqualTo(word);
                  }
                }));
      }
      for (Future<?> each : threads) each.get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldKeepCommandsTogetherThatWereSubmittedTogether() throws Exception {
    try (var server = new ScriptedServer(_ -> "+OK\r\n");
        var connection = AsyncConnection.open(server.endpoint(), IN_TIME, _ -> {})) {
      for (CompletableFuture<Reply> reply :
          connection.submitAll(List.of(Command.of("ASKING"), Command.of("GET", "k")))) {
        assertThat(reply.get(60, TimeUnit.SECONDS).isOk()).isTrue();
      }
      assertThat(server.received).containsExactly("ASKING", "GET k");
    }
  }

  @Test
  void shouldHandPushedMessagesToTheListener() throws Exception {
    List<String> pushed = new CopyOnWriteArrayList<>();
    try (var server = new ScriptedServer(_ -> ">1\r\n+message\r\n+OK\r\n");
        var connection =
            AsyncConnection.open(server.endpoint(), IN_TIME, push -> pushed.add(push.kind()))) {
      assertThat(connection.submit(Command.of("PING")).get(60, TimeUnit.SECONDS).isOk()).isTrue();
      assertThat(pushed).containsExactly("message");
    }
  }

  @Test
  void shouldFailWhatIsOpenAndWhatComesLaterWhenTheConnectionIsLost() throws Exception {
    try (var server = new ScriptedServer(command -> command.equals("DIE") ? "" : "+OK\r\n");
        var connection = AsyncConnection.open(server.endpoint(), IN_TIME, _ -> {})) {
      CompletableFuture<Reply> open = connection.submit(Command.of("DIE"));
      assertThatThrownBy(() -> open.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(ServerClosedException.class);
      assertThat(connection.lost()).failsWithin(java.time.Duration.ofSeconds(60));
      assertThat(connection.submit(Command.of("PING")))
          .failsWithin(java.time.Duration.ofSeconds(60));
    }
  }

  @Test
  void shouldFailWhatIsOpenWhenClosed() throws Exception {
    var never = new CompletableFuture<String>();
    try (var server = new ScriptedServer(_ -> never.join())) {
      var connection = AsyncConnection.open(server.endpoint(), IN_TIME, _ -> {});
      CompletableFuture<Reply> open = connection.submit(Command.of("BLPOP", "k", "0"));
      connection.close();
      assertThat(open).isCompletedExceptionally();
      never.complete("");
    }
  }
}
