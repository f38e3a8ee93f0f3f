package io.hashslot.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.observe.LatencyEvents.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyEventsTest {
  private final LatencyEvents events = new LatencyEvents();

  private List<Sample> samples(String event) {
    LatencyEvents.Series series = events.all().get(event);
    return series == null ? List.of() : series.samples();
  }

  @Test
  void shouldRecordNothingUnlessThereIsAThreshold() {
    events.took("command", 5_000, 1_000);
    assertThat(events.all()).isEmpty();
  }

  @Test
  void shouldRecordWhatReachesTheThreshold() {
    events.thresholdMs(10);
    events.took("command", 9, 1_000);
    events.took("command", 10, 2_000);
    assertThat(samples("command")).containsExactly(new Sample(2, 10));
  }

  @Test
  void shouldKeepTheWorstOfASecond() {
    events.thresholdMs(1);
    events.took("command", 5, 1_100);
    events.took("command", 9, 1_200);
    events.took("command", 7, 1_900);
    assertThat(samples("command")).containsExactly(new Sample(1, 9));
  }

  @Test
  void shouldKeepTheLast160AndTheWorstEver() {
    events.thresholdMs(1);
    events.took("command", 500, 0);
    for (int second = 1; second <= 160; second++) {
      events.took("command", 2, second * 1000L);
    }
    assertThat(samples("command")).hasSize(160).doesNotContain(new Sample(0, 500));
    assertThat(events.all().get("command").worstMs()).isEqualTo(500);
  }

  @Test
  void shouldForgetOneEventOrAll() {
    events.thresholdMs(1);
    events.took("command", 5, 0);
    events.took("fast-command", 5, 0);
    assertThat(events.forget("no such event")).isFalse();
    assertThat(events.forget("command")).isTrue();
    assertThat(events.all()).containsOnlyKeys("fast-command");
    assertThat(events.forgetAll()).isEqualTo(1);
    assertThat(events.all()).isEmpty();
  }
}
