package io.hashslot.command.scripting;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunctionListTest extends CommandTest {
  private static final String MINE = "#!lua name=mine\nredis.register_function('f', print)";

  @BeforeEach
  void keepTwo() {
    kit.keyspace().functions().add("#!js flags=x name=yours\n".getBytes(US_ASCII), false);
    kit.keyspace().functions().add(MINE.getBytes(US_ASCII), false);
  }

  @Test
  void shouldNameLibrariesAndWhatRunsThem() {
    run("FUNCTION", "LIST")
        .replies(
            "*2 *6 $12 library_name $4 mine $6 engine $3 LUA $9 functions *0"
                .concat(" *6 $12 library_name $5 yours $6 engine $2 JS $9 functions *0")
                .split(" "))
        .propagatesNothing();
  }

  @Test
  void shouldShowTheSourcesOfThoseThatAreMeant() {
    run("FUNCTION", "LIST", "LIBRARYNAME", "m*", "WITHCODE")
        .replies(
            "*1 *8 $12 library_name $4 mine $6 engine $3 LUA $9 functions *0"
                .concat(" $12 library_code $" + MINE.length())
                .replace(" ", "\r\n"),
            MINE);
  }
}
