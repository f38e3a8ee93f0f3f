package io.hashslot.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeStateTest {
  private final NodeState state = new NodeState();
  private final List<String> happened = new ArrayList<>();

  private void holdBack() {
    state.onUnpause(() -> happened.add("timer cancelled"), () -> happened.add("told"));
  }

  @Test
  void shouldHoldWritesBackForAFailoverWithoutAnythingElseBeingSpecial() {
    state.pauseForFailover(100);
    assertThat(state.special()).isTrue();
    assertThat(state.pause(99)).isEqualTo(NodeState.Pause.WRITES);
    assertThat(state.pause(100)).isEqualTo(NodeState.Pause.NONE);
    holdBack();
    state.endFailoverPause();
    assertThat(state.special()).isFalse();
    assertThat(happened).containsExactly("timer cancelled", "told");
  }

  @Test
  void shouldTellAtOnceWhenThePauseHasEndedMeanwhile() {
    state.pause(NodeState.Pause.ALL, 100, 0);
    state.unpause();
    holdBack();
    assertThat(happened).containsExactly("timer cancelled", "told");
  }

  @Test
  void shouldTellOnce() {
    state.pause(NodeState.Pause.WRITES, 100, 0);
    holdBack();
    state.unpause();
    state.unpause();
    assertThat(happened).containsExactly("timer cancelled", "told");
  }

  @Test
  void shouldNotShortenAPause() {
    state.pause(NodeState.Pause.ALL, 100, 0);
    state.pause(NodeState.Pause.WRITES, 50, 10);
    assertThat(state.pause(99)).isEqualTo(NodeState.Pause.ALL);
    assertThat(state.pauseUntilMs()).isEqualTo(100);
  }

  @Test
  void shouldBeUsualAgainAfterItsTime() {
    state.pause(NodeState.Pause.WRITES, 100, 0);
    state.endPauseAt(99);
    assertThat(state.special()).isTrue();
    state.endPauseAt(100);
    assertThat(state.special()).isFalse();
  }

  @Test
  void shouldKeepAFailoversPauseWhenAClientEndsItsOwn() {
    state.pauseForFailover(100);
    state.pause(NodeState.Pause.ALL, 100, 0);
    state.unpause();
    assertThat(state.pause(50)).isEqualTo(NodeState.Pause.WRITES);
    assertThat(state.writesPaused(50)).isTrue();
  }
}
