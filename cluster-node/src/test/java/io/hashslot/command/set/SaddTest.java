package io.hashslot.command.set;

import io.hashslot.command.CommandTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SaddTest extends CommandTest {
  @Test
  void shouldAddWhatIsNotThereYet() {
    run("SADD", "s", "a", "b", "a")
        .replies(":2")
        .propagates("SADD s a b a")
        .fires("new:s", "sadd:s");
    run("SADD", "s", "b", "c").replies(":1").fires("sadd:s");
    run("SADD", "s", "b").replies(":0").propagatesNothing().firesNothing();
    run("SMEMBERS", "s").replies("*3", "$1", "a", "$1", "b", "$1", "c");
  }

  @Test
  void shouldGoOnToLargerFormsAsRedisDoes() {
    run("SADD", "s", "1", "2");
    run("OBJECT", "ENCODING", "s").repliesBulk("intset");
    run("SADD", "s", "x");
    run("OBJECT", "ENCODING", "s").repliesBulk("listpack");
    run("SADD", "s", "y".repeat(65));
    run("OBJECT", "ENCODING", "s").repliesBulk("hashtable");
    run("SCARD", "s").replies(":4");
    for (String member : new String[] {"1", "2", "x", "y".repeat(65)}) {
      run("SISMEMBER", "s", member).replies(":1");
    }
  }

  @Test
  void shouldTakeTheFormThatSoManyArgumentsCouldNeed() {
    String[] words = new String[515];
    Arrays.fill(words, "7");
    words[0] = "SADD";
    words[1] = "s";
    run(words).replies(":1");
    run("OBJECT", "ENCODING", "s").repliesBulk("hashtable");
  }

  @Test
  void shouldRefuseOtherTypes() {
    run("SET", "k", "v");
    run("SADD", "k", "a").fails("WRONGTYPE Operation against a key").propagatesNothing();
  }
}
