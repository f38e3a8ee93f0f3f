package io.hashslot.bus.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.DurableState;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.Effects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EffectPerformerTest {
  private static final DurableState STATE = new DurableState(1, 1, List.of());
  private static final DirectBuffer FRAME = new UnsafeBuffer(new byte[16]);

  private final List<String> done = new ArrayList<>();
  private final RecordingHost host = new RecordingHost();
  private boolean diskFull;
  private boolean storeIsBroken;
  private final EffectPerformer performer =
      new EffectPerformer(
          new EffectPerformer.Network() {
            @Override
            public void send(int link, DirectBuffer frame) {
              done.add("send " + link);
            }

            @Override
            public void connect(Effect.Connect connect) {
              done.add("connect " + connect.link());
            }

            @Override
            public void close(int link) {
              done.add("close " + link);
            }

            @Override
            public void fenced() {
              done.add("fenced");
            }

            @Override
            public void standsStill(long pause) {
              done.add("still " + pause);
            }
          },
          new StateStore() {
            @Override
            public void save(DurableState state, boolean sync) throws IOException {
              if (diskFull) {
                throw new IOException("No space left on device");
              }
              if (storeIsBroken) {
                throw new IllegalStateException("a mistake, made on purpose");
              }
              done.add(sync ? "save and sync" : "save");
            }

            @Override
            public void force() throws IOException {
              if (diskFull) {
                throw new IOException("Input/output error");
              }
              done.add("sync");
            }
          },
          host);

  @Test
  void effectsAreDoneInTheOrderOfTheCore() {
    perform(
        new Effect.Persist(STATE, true),
        new Effect.Send(1, FRAME),
        new Effect.Persist(STATE, false),
        new Effect.CloseLink(1),
        new Effect.Send(2, FRAME),
        new Effect.Force());
    assertThat(done)
        .containsExactly("save and sync", "send 1", "save", "close 1", "send 2", "sync");
  }

  @Test
  void aStateThatCannotBeForcedStopsEverything() {
    diskFull = true;
    perform(new Effect.Force(), new Effect.Send(2, FRAME));
    assertThat(done).isEmpty();
    assertThat(host.fatal).isInstanceOf(IOException.class);
  }

  @Test
  void aStateThatCannotBeWrittenStopsEverything() {
    diskFull = true;
    perform(new Effect.Send(1, FRAME), new Effect.Persist(STATE, true), new Effect.Send(2, FRAME));
    assertThat(done).containsExactly("send 1");
    assertThat(host.fatal).isInstanceOf(IOException.class);
    assertThat(performer.hasFailed()).isTrue();
    diskFull = false;
    perform(new Effect.Persist(STATE, true), new Effect.Send(3, FRAME), new Effect.Promote(1));
    assertThat(done).containsExactly("send 1");
    assertThat(host.heard).isEmpty();
  }

  /** Whatever the reason: what has not been written must not be spoken of. */
  @Test
  void aMistakeOfTheStoreIsAsBadAsAFullDisk() {
    storeIsBroken = true;
    perform(new Effect.Persist(STATE, true), new Effect.Send(2, FRAME));
    assertThat(done).isEmpty();
    assertThat(host.fatal).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSaveOnRequestIsAnsweredWithItsOutcome() {
    List<Answer> answers = new ArrayList<>();
    performer.expectAnswer(7, answers::add);
    performer.expectAnswer(8, answers::add);
    perform(new Effect.SaveConfig(7, STATE));
    diskFull = true;
    perform(new Effect.SaveConfig(8, STATE), new Effect.Send(1, FRAME));
    assertThat(answers)
        .containsExactly(
            Answer.OK,
            Answer.error("error saving the cluster node config: No space left on device"));
    assertThat(done).containsExactly("save and sync", "send 1");
  }

  @Test
  void anAnswerIsGivenOnceAndOnlyToItsRequest() {
    List<Answer> answers = new ArrayList<>();
    performer.expectAnswer(7, answers::add);
    perform(
        new Effect.Reply(6, Answer.OK),
        new Effect.Reply(7, new Answer.Number(3)),
        new Effect.Reply(7, Answer.OK));
    assertThat(answers).containsExactly(new Answer.Number(3));
  }

  @Test
  void aMistakeOfTheHostDoesNotStopTheRest() {
    performer.expectAnswer(
        7,
        _ -> {
          throw new IllegalStateException("a mistake, made on purpose");
        });
    perform(new Effect.Reply(7, Answer.OK), new Effect.Send(1, FRAME));
    assertThat(done).containsExactly("send 1");
  }

  private void perform(Effect... wanted) {
    Effects effects = new Effects();
    for (Effect effect : wanted) {
      effects.add(effect);
    }
    performer.perform(effects);
    assertThat(effects.isEmpty()).isTrue();
  }
}
