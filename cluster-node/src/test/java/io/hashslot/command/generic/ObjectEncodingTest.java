package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ObjectEncodingTest extends CommandTest {
  @Test
  void shouldTellHowAStringCameAbout() {
    run("SET", "k", "12");
    run("OBJECT", "ENCODING", "k").repliesBulk("int");
    run("SET", "k", "x".repeat(44));
    run("OBJECT", "ENCODING", "k").repliesBulk("embstr");
    run("SET", "k", "x".repeat(45));
    run("OBJECT", "ENCODING", "k").repliesBulk("raw");
    run("OBJECT", "ENCODING", "missing").replies("$-1").firesNothing();
  }
}
