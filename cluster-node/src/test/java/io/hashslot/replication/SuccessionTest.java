package io.hashslot.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.hashslot.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which rules of acknowledged writes a replica takes for those that bind its primary. */
class SuccessionTest {
  private static final AckRule OLD = AckRule.of(1, List.of("a"));
  private static final AckRule NEW = AckRule.of(1, List.of("a", "b"));

  private final Succession succession = new Succession(Clock.system());

  @Test
  void aRuleThatWasToldOnceMayNotBeInForceYet() {
    succession.rule(OLD);
    succession.rule(NEW);
    assertThat(succession.rule()).isEqualTo(NEW);
    assertThat(succession.ruleBefore()).isEqualTo(OLD);
  }

  @Test
  void aRuleThatWasToldAgainIsInForce() {
    succession.rule(OLD);
    succession.rule(NEW);
    succession.rule(NEW);
    assertThat(succession.rule()).isEqualTo(NEW);
    assertThat(succession.ruleBefore()).isNull();
  }

  @Test
  void theFirstRuleBindsAlone() {
    succession.rule(OLD);
    assertThat(succession.ruleBefore()).isNull();
  }

  @Test
  void aPromiseThatIsGivenUpBindsNobody() {
    succession.rule(OLD);
    succession.rule(AckRule.NONE);
    assertThat(succession.ruleBefore()).isNull();
    succession.rule(NEW);
    assertThat(succession.ruleBefore()).isNull();
  }

  @Test
  void whatANewCopyOfTheDataReplacesIsForgotten() {
    succession.rule(OLD);
    succession.rule(NEW);
    succession.dataGoes();
    assertThat(succession.rule()).isNull();
    assertThat(succession.ruleBefore()).isNull();
  }
}
