package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a cluster patterns have to keep to the slot of the key. */
class SortInClusterTest extends CommandTest {
  @Override
  protected boolean inCluster() {
    return true;
  }

  @BeforeEach
  void fill() {
    run("RPUSH", "{a}l", "2", "1", "3");
    run("MSET", "{a}w_1", "5", "{a}w_2", "1");
  }

  @Test
  void shouldTakePatternsOfTheSameSlot() {
    run("SORT", "{a}l", "BY", "{a}w_*").replies("*3", "$1", "3", "$1", "2", "$1", "1");
    run("SORT", "{a}l", "BY", "w_{a}*").replies("*3", "$1", "1", "$1", "2", "$1", "3");
    run("SORT", "{a}l", "BY", "{a}x?*->f").replies("*3", "$1", "1", "$1", "2", "$1", "3");
    run("SORT", "{a}l", "BY", "nosort", "GET", "{a}w_*").replies("*3", "$1", "1", "$1", "5", "$-1");
    run("SORT", "{a}l", "BY", "nosort", "GET", "{a}").replies("*3", "$-1", "$-1", "$-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"w_*", "{a*}w_", "*{a}", "{?a}*", "[x]{a}*", "{}{a}*", "\\{a}*", "{a*", "{b}*"})
  void shouldRefusePatternsOfOtherSlots(String pattern) {
    run("SORT", "{a}l", "BY", pattern)
        .replies(
            "-ERR BY option of SORT denied in Cluster mode when keys formed by the pattern may be"
                + " in different slots.");
    run("SORT_RO", "{a}l", "GET", pattern).fails("ERR GET option of SORT denied in Cluster mode");
  }

  @Test
  void shouldRefuseEvenTheElementItselfAsTheServersDo() {
    run("SORT", "{a}l", "GET", "#").fails("ERR GET option of SORT denied in Cluster mode");
  }
}
