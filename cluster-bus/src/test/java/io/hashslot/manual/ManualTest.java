package io.hashslot.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTest {
  private final Manual manual = Manual.standard();

  private Page page(String name) {
    Page page = manual.find(name);
    assertThat(page).as(name).isNotNull();
    return page;
  }

  @Test
  void shouldHaveAPageForEachCommandWithASentenceAsItsSummary() {
    assertThat(manual.pages()).hasSizeGreaterThan(360);
    assertThat(manual.pages()).allSatisfy(page -> assertThat(page.summary()).matches("[A-Z].*\\."));
  }

  @Test
  void shouldTellOptionsAndTheirParts() {
    List<Argument> arguments = page("getex").arguments();
    assertThat(arguments).extracting(Argument::name).containsExactly("key", "expiration");
    assertThat(arguments.get(0).keySpec()).isZero();
    Argument expiration = arguments.get(1);
    assertThat(expiration.type()).isEqualTo(ArgumentType.ONEOF);
    assertThat(expiration.optional()).isTrue();
    assertThat(expiration.arguments())
        .extracting(Argument::token)
        .containsExactly("EX", "PX", "EXAT", "PXAT", "PERSIST");
    assertThat(expiration.arguments().get(4).type()).isEqualTo(ArgumentType.PURE_TOKEN);
  }

  @Test
  void shouldFindSubcommandsWhateverTheCase() {
    assertThat(page("CLIENT|Kill").since()).isEqualTo("2.4.0");
    assertThat(manual.find("no such command")).isNull();
  }

  @Test
  void shouldTellWhatIsOutOfDate() {
    Page setex = page("setex");
    assertThat(setex.flags()).containsExactly("deprecated");
    assertThat(setex.deprecatedSince()).isEqualTo("2.6.12");
    assertThat(setex.replacedBy()).isEqualTo("`SET` with the `EX` argument");
  }

  @Test
  void shouldLeaveThePartsOfEachArgumentToContainers() {
    for (Page page : manual.pages()) {
      page.arguments().forEach(argument -> check(page, argument));
    }
  }

  private static void check(Page page, Argument argument) {
    assertThat(argument.type().isContainer())
        .as(page.name() + " " + argument.name())
        .isEqualTo(!argument.arguments().isEmpty());
    argument.arguments().forEach(part -> check(page, part));
  }
}
