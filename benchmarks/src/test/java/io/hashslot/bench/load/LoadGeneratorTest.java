package io.hashslot.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hashslot.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs over real sockets, against a small server of the test's own. */
class LoadGeneratorTest {

  private final TinyServer server = new TinyServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  static Stream<String> transports() {
    return UringTransport.available() ? Stream.of("uring", "nio") : Stream.of("nio");
  }

  private LoadPlan plan(String workload, int pipeline, double rate) {
    return new LoadPlan(
        "127.0.0.1", server.port(), 5, pipeline, workload, 1000, 16, rate, 20, 200, 1, 0);
  }

  private LoadReport run(String workload, int pipeline, double rate, String transport) {
    return LoadGenerator.run(plan(workload, pipeline, rate), Clock.system(), transport);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldSetEveryKeyOnceWhenPreloadingAndFindThemAll(String transport) {
    LoadReport loaded = run("preload", 16, 0, transport);
    assertThat(loaded.operations()).isEqualTo(1000);
    assertThat(loaded.clean()).isTrue();
    assertThat(server.keys()).isEqualTo(1000);

    LoadReport read = run("mixed:90", 16, 0, transport);
    assertThat(read.clean()).as(read.toString()).isTrue();
    assertThat(read.misses()).isZero();
    assertThat(read.operations()).isPositive();
    assertThat(read.maxUs()).isGreaterThanOrEqualTo(read.p50Us());
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldSendAtTheRateOfTheOpenLoop(String transport) {
    LoadReport report = run("set", 8, 5000, transport);

    assertThat(report.clean()).as(report.toString()).isTrue();
    // The rate cannot be exceeded over the time measured; reaching it is up to the machine.
    assertThat(report.operations()).isBetween(1L, (long) (5000 * (report.seconds() + 0.1)));
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldEndWhenItsWatcherSaysSo(String transport) {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    LoadWatcher watcher =
        new LoadWatcher() {
          @Override
          public void counting() {
            begun.incrementAndGet();
          }

          @Override
          public boolean over() {
            assertThat(begun).hasValue(1);
            return asked.incrementAndGet() > 100;
          }
        };
    LoadPlan day =
        new LoadPlan("127.0.0.1", server.port(), 5, 8, "set", 1000, 16, 0, 20, 86_400_000, 1, 0);

    LoadReport report = LoadGenerator.run(day, watcher, Clock.system(), transport);

    assertThat(report.clean()).as(report.toString()).isTrue();
    assertThat(report.operations()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void shouldReportErrorsAndWrongValues(String transport) {
    server.lie();

    LoadReport report = run("mixed:50", 4, 0, transport);

    assertThat(report.errors()).isPositive();
    assertThat(report.wrong()).isPositive();
    assertThat(report.clean()).isFalse();
    assertThat(report.firstComplaint()).isNotNull();
  }

  @Test
  void shouldSayThatNobodyListens() throws Exception {
    LoadPlan plan = plan("ping", 1, 0);
    server.close();

    assertThatThrownBy(() -> LoadGenerator.run(plan, Clock.system(), "nio"))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("127.0.0.1");
    assumeTrue(UringTransport.available());
    assertThatThrownBy(() -> LoadGenerator.run(plan, Clock.system(), "uring"))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void shouldRefuseAnUnknownTransport() {
    assertThatThrownBy(() -> run("ping", 1, 0, "smoke"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
