package io.hashslot.command.connection;

import io.hashslot.command.CommandKit;
import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class AuthTest extends CommandTest {
  @Test
  void shouldLetInWithThePassword() {
    kit.state().password("secret");
    CommandKit.Client stranger = kit.client();
    stranger.run("GET", "k").replies("-NOAUTH Authentication required.");
    stranger
        .run("AUTH", "wrong")
        .replies("-WRONGPASS invalid username-password pair or user is disabled.");
    stranger.run("AUTH", "nobody", "secret").fails("WRONGPASS");
    stranger.run("AUTH", "default", "secret").replies("+OK");
    stranger.run("GET", "k").replies("$-1");
    stranger.run("AUTH", "a", "b", "c").replies("-ERR syntax error");
  }

  @Test
  void shouldSayThatNoPasswordIsNeeded() {
    run("AUTH", "x").fails("ERR AUTH <password> called without any password configured");
    run("AUTH", "default", "x").replies("+OK");
  }
}
