package io.hashslot.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hashslot.peer.Ports;
import io.hashslot.resp.Request;
import io.hashslot.session.Engine;
import io.hashslot.session.ReplyGate;
import io.hashslot.session.Session;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets behind a gate that the test opens; the engine behind them just says things back. */
class HeldRepliesIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ReplyGate node = new ReplyGate();
  private final ReplyGate.Policy gate = node.policy();
  private final AtomicLong end = new AtomicLong();
  private final AtomicLong executed = new AtomicLong();
  private final Sessions sessions = new Sessions();
  private final int port = Ports.next();
  private Listener listener;

  /**
   * Every request is a write that moves the end, and is said back; but PING tells of nothing, and
   * LIST is answered by an array.
   */
  private final class Echo implements Engine {
    @Override
    public void opened(Session session) {
      sessions.add(session);
      session.authenticate("default");
    }

    @Override
    public boolean execute(Session session, Request request) {
      if (!request.is(0, "PING")) {
        end.incrementAndGet();
        session.told().of(node.era());
      }
      if (request.is(0, "LIST")) {
        session.reply().array(2);
        session.reply().bulk("one");
        session.reply().array(1);
        session.reply().nil();
      } else {
        session.reply().simple(request.text(0));
      }
      executed.incrementAndGet();
      if (request.is(0, "QUIT")) {
        session.closeAfterReply();
      }
      return true;
    }

    @Override
    public int prepare(Session session, long base, int from, int limit) {
      return limit;
    }

    @Override
    public void batchEnd() {}

    @Override
    public void protocolError(Session session, String problem) {
      session.closeAfterReply();
    }

    @Override
    public void closed(Session session) {
      sessions.remove(session);
    }
  }

  private static final class Limits implements BufferLimits {
    @Override
    public Limit of(Session session) {
      return new Limit(0, 0, 0);
    }

    @Override
    public long inputBytes() {
      return 1 << 30;
    }

    @Override
    public void tooMuchInput() {}

    @Override
    public void tooMuchOutput() {}

    @Override
    public long nowMs() {
      return Clock.system().monotonicNs() / 1_000_000;
    }
  }

  @BeforeEach
  void listen() {
    listener =
        new Listener(
            Transport.NIO,
            1,
            sessions,
            new Listener.Settings(
                () -> 100, "", () -> 1 << 29, 0, 100, () -> false, new Limits(), node),
            Clock.system());
    listener.engines(_ -> new Echo());
    var unused = listener.listen(new InetSocketAddress("127.0.0.1", port), null);
  }

  @AfterEach
  void close() {
    listener.close();
  }

  private void awaitExecuted(long requests) {
    await().atMost(LIMIT).until(() -> executed.get() >= requests);
  }

  private long pending() {
    @Nullable Session one = sessions.all().stream().findFirst().orElse(null);
    return one == null ? -1 : one.link().pendingOutputBytes();
  }

  @Test
  void repliesLeaveInTheirOrderWhenTheirPositionIsReached() throws Exception {
    gate.close(end::get, 0);
    try (RawClient one = RawClient.tcp(port);
        RawClient other = RawClient.tcp(port)) {
      one.send("a\r\n");
      awaitExecuted(1);
      other.send("b\r\n");
      awaitExecuted(2);
      one.send("c\r\n");
      awaitExecuted(3);
      await().atMost(LIMIT).until(() -> pending() > 0);
      gate.reached(1);
      assertThat(one.line()).isEqualTo("+a");
      gate.reached(3);
      assertThat(other.line()).isEqualTo("+b");
      assertThat(one.line()).isEqualTo("+c");
    }
  }

  @Test
  void anOpenGateLetsEverythingGo() throws Exception {
    gate.close(end::get, 0);
    try (RawClient one = RawClient.tcp(port)) {
      one.send("a\r\nb\r\n");
      awaitExecuted(2);
      gate.open();
      assertThat(one.line()).isEqualTo("+a");
      assertThat(one.line()).isEqualTo("+b");
      one.send("c\r\n");
      assertThat(one.line()).isEqualTo("+c");
    }
  }

  @Test
  void aClientThatEndsIsClosedAfterItsLastReply() throws Exception {
    gate.close(end::get, 0);
    try (RawClient one = RawClient.tcp(port)) {
      one.send("a\r\nQUIT\r\n");
      awaitExecuted(2);
      gate.reached(2);
      assertThat(one.readToEnd()).isEqualTo("+a\r\n+QUIT\r\n");
    }
  }

  @Test
  void whoHasGoneBeforeIsForgottenWithItsReplies() throws Exception {
    gate.close(end::get, 0);
    try (RawClient other = RawClient.tcp(port)) {
      try (RawClient one = RawClient.tcp(port)) {
        one.send("a\r\n");
        awaitExecuted(1);
      }
      other.send("b\r\n");
      awaitExecuted(2);
      gate.reached(2);
      assertThat(other.line()).isEqualTo("+b");
      await().atMost(LIMIT).until(() -> sessions.count() == 1);
    }
  }

  @Test
  void ofAClientWithManyHeldRepliesNoMoreIsExecutedUntilTheyLeave() throws Exception {
    gate.close(end::get, 0);
    int requests = 40_000;
    String word = "x".repeat(100);
    try (RawClient one = RawClient.tcp(port)) {
      Thread sender = Thread.ofPlatform().start(() -> sendMany(one, word + "\r\n", requests));
      await().atMost(LIMIT).until(() -> pending() > 1 << 20);
      assertThat(executed.get()).isLessThan(requests);
      gate.open();
      for (int i = 0; i < requests; i++) {
        assertThat(one.line()).isEqualTo("+" + word);
      }
      sender.join(LIMIT);
    }
  }

  @Test
  void whatTellsOfNoDataNeedNotWait() throws Exception {
    gate.close(end::get, 0);
    try (RawClient one = RawClient.tcp(port);
        RawClient other = RawClient.tcp(port)) {
      one.send("a\r\n");
      awaitExecuted(1);
      other.send("PING\r\n");
      assertThat(other.line()).isEqualTo("+PING");
      one.send("PING\r\n");
      awaitExecuted(3);
      gate.reached(1);
      assertThat(one.line()).isEqualTo("+a");
      assertThat(one.line()).isEqualTo("+PING");
    }
  }

  @Test
  void ofSeveralPoliciesTheStrictestDecides() throws Exception {
    ReplyGate.Policy another = node.policy();
    gate.close(end::get, 0);
    another.close(end::get, 0);
    try (RawClient one = RawClient.tcp(port)) {
      one.send("a\r\n");
      awaitExecuted(1);
      one.send("b\r\n");
      awaitExecuted(2);
      another.reached(2);
      gate.reached(1);
      assertThat(one.line()).isEqualTo("+a");
      assertThat(node.passes(2)).isFalse();
      gate.open();
      assertThat(one.line()).isEqualTo("+b");
      assertThat(node.passes(3)).as("the other one is still closed").isFalse();
    }
  }

  @Test
  void whatHasWaitedTooLongIsAnsweredByAnErrorForEachReply() throws Exception {
    gate.refuseAfter(1_000_000, "NOREPLICAS sorry");
    gate.close(end::get, 0);
    try (RawClient one = RawClient.tcp(port)) {
      one.send("a\r\nLIST\r\nQUEUED\r\nb\r\n");
      assertThat(one.line()).isEqualTo("-NOREPLICAS sorry");
      assertThat(one.line()).isEqualTo("-NOREPLICAS sorry");
      assertThat(one.line()).isEqualTo("+QUEUED");
      assertThat(one.line()).isEqualTo("-NOREPLICAS sorry");
      gate.reached(end.get());
      one.send("PING\r\n");
      assertThat(one.line()).isEqualTo("+PING");
    }
  }

  @Test
  void whatWasExecutedUnderALeadershipThatIsOverIsRefused() throws Exception {
    node.binding(true);
    gate.close(end::get, 0);
    try (RawClient one = RawClient.tcp(port)) {
      one.send("a\r\n");
      awaitExecuted(1);
      await().atMost(LIMIT).until(() -> pending() > 0);
      node.nextEra();
      node.binding(false);
      gate.open();
      assertThat(one.line()).startsWith("-NOREPLICAS ");
      one.send("b\r\n");
      assertThat(one.line()).isEqualTo("+b");
    }
  }

  private static void sendMany(RawClient client, String line, int times) {
    try {
      for (int i = 0; i < times; i += 100) {
        client.send(line.repeat(100));
      }
    } catch (java.io.IOException problem) {
      throw new java.io.UncheckedIOException(problem);
    }
  }
}
