package io.hashslot.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the replica says, and what becomes of each answer. */
class ReplicaHandshakeTest {
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";
  private static final String OTHER = "f".repeat(40);

  private static HandshakeSettings settings(@Nullable String password, boolean dualChannel) {
    return new HandshakeSettings(null, password, 7000, null, dualChannel, null);
  }

  /** Lets the primary say lines; returns what comes of the last one. */
  private static List<ReplicaHandshake.Step> hear(ReplicaHandshake handshake, String... lines) {
    handshake.begin();
    List<ReplicaHandshake.Step> steps = List.of();
    for (String line : lines) {
      steps = handshake.line(line);
    }
    return steps;
  }

  private static ReplicaHandshake knowing() {
    return new ReplicaHandshake(settings(null, true), ID, 43, false);
  }

  private static ReplicaHandshake knowingNothing() {
    return new ReplicaHandshake(settings(null, false), "?", -1, false);
  }

  private static String sent(List<ReplicaHandshake.Step> steps) {
    List<String> texts = new ArrayList<>();
    for (ReplicaHandshake.Step step : steps) {
      if (step instanceof ReplicaHandshake.Step.Send(byte[] bytes)) {
        texts.add(new String(bytes, UTF_8).replaceAll("[*$]\\d+\r\n", "").replace("\r\n", " "));
      }
    }
    return String.join("| ", texts);
  }

  @Test
  void everythingAboutUsIsSaidAtOnceAndPsyncWhenAllWasAnswered() {
    ReplicaHandshake handshake = new ReplicaHandshake(settings("pw", true), ID, 43, false);
    assertThat(sent(hear(handshake, "-NOAUTH Authentication required.")))
        .isEqualTo(
            "AUTH pw REPLCONF listening-port 7000"
                + " REPLCONF capa eof capa psync2 capa dual-channel ");
    assertThat(handshake.line("+OK")).isEmpty();
    assertThat(handshake.line("-ERR never heard of")).isEmpty();
    assertThat(sent(handshake.line("+OK"))).isEqualTo("PSYNC " + ID + " 43 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-ERR something", "-LOADING data", "$4", ""})
  void aPrimaryThatDoesNotAnswerPingIsLeft(String answer) {
    assertThat(hear(knowing(), answer).getFirst()).isInstanceOf(ReplicaHandshake.Step.GiveUp.class);
  }

  @Test
  void refusedCredentialsEndIt() {
    ReplicaHandshake handshake = new ReplicaHandshake(settings("pw", false), "?", -1, false);
    assertThat(hear(handshake, "+PONG", "-WRONGPASS").getFirst())
        .isInstanceOf(ReplicaHandshake.Step.GiveUp.class);
    assertThat(handshake.done()).isTrue();
  }

  @Test
  void answersToPsyncAreWhatTheySay() {
    assertThat(hear(knowing(), "+PONG", "+OK", "+OK", "", "+FULLRESYNC " + OTHER + " 12"))
        .containsExactly(new ReplicaHandshake.Step.FullSync(OTHER, 12));
    assertThat(hear(knowing(), "+PONG", "+OK", "+OK", "+CONTINUE"))
        .containsExactly(new ReplicaHandshake.Step.Resume(null));
    assertThat(hear(knowing(), "+PONG", "+OK", "+OK", "+CONTINUE " + ID))
        .containsExactly(new ReplicaHandshake.Step.Resume(null));
    assertThat(hear(knowing(), "+PONG", "+OK", "+OK", "+CONTINUE " + OTHER))
        .containsExactly(new ReplicaHandshake.Step.Resume(OTHER));
    assertThat(hear(knowing(), "+PONG", "+OK", "+OK", "+DUALCHANNELSYNC"))
        .containsExactly(new ReplicaHandshake.Step.DualChannel());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-NOMASTERLINK Can't SYNC while not connected with my master",
        "-LOADING data",
        "+FULLRESYNC abc 1",
        "+FULLRESYNC 0123456789abcdef0123456789abcdef01234567 -1",
        "+FULLRESYNC 0123456789abcdef0123456789abcdef01234567",
        "+CONTINUE abc"
      })
  void whoCannotSynchroniseNowIsAskedAgainLater(String answer) {
    assertThat(hear(knowing(), "+PONG", "+OK", "+OK", answer).getFirst())
        .isInstanceOf(ReplicaHandshake.Step.GiveUp.class);
  }

  @Test
  void nobodyCanContinueWhatWeDoNotHave() {
    assertThat(hear(knowingNothing(), "+PONG", "+OK", "+OK", "+CONTINUE " + OTHER).getFirst())
        .isInstanceOf(ReplicaHandshake.Step.GiveUp.class);
    assertThat(hear(knowingNothing(), "+PONG", "+OK", "+OK", "+CONTINUE").getFirst())
        .isInstanceOf(ReplicaHandshake.Step.GiveUp.class);
  }

  @Test
  void whoDoesNotKnowPsyncOrTwoConnectionsUnaskedIsAskedWithSync() {
    for (String answer : List.of("-ERR unknown command 'PSYNC'", "+DUALCHANNELSYNC", "$5")) {
      List<ReplicaHandshake.Step> steps = hear(knowingNothing(), "+PONG", "+OK", "+OK", answer);
      assertThat(sent(steps)).isEqualTo("SYNC ");
      assertThat(steps.getLast()).isEqualTo(new ReplicaHandshake.Step.FullSync(null, -1));
    }
  }
}
