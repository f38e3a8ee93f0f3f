package io.hashslot.command.generic;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class ExpiretimeTest extends CommandTest {
  @Test
  void shouldTellTheMomentInSeconds() {
    run("SET", "k", "v");
    run("EXPIRETIME", "k").replies(":-1");
    run("EXPIRETIME", "missing").replies(":-2");
    run("PEXPIREAT", "k", "4102444800499");
    run("EXPIRETIME", "k").replies(":4102444800");
    run("PEXPIREAT", "k", "4102444800500");
    run("EXPIRETIME", "k").replies(":4102444801");
  }
}
