package io.hashslot.command.scripting;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class FunctionRestoreTest extends CommandTest {
  private static final String OTHER_SOURCE = "#!lua name=mine\n-- another one";

  private void keep(String source) {
    kit.keyspace().functions().add(source.getBytes(US_ASCII), true);
  }

  @Test
  void shouldKeepTheLibrariesOfAPayload() {
    run("FUNCTION", "RESTORE", Payloads.MINE)
        .replies("+OK")
        .propagates("FUNCTION RESTORE " + Payloads.MINE);
    run("FUNCTION", "DUMP").repliesBulk(Payloads.MINE);
    run("FUNCTION", "RESTORE", Payloads.NONE).replies("+OK");
    run("FUNCTION", "DUMP").repliesBulk(Payloads.MINE);
  }

  @Test
  void shouldReplaceOnlyIfToldTo() {
    keep(OTHER_SOURCE);
    run("FUNCTION", "RESTORE", Payloads.MINE)
        .replies("-ERR Library mine already exists")
        .propagatesNothing();
    run("FUNCTION", "RESTORE", Payloads.MINE, "APPEND").fails("ERR Library mine already exists");
    run("FUNCTION", "RESTORE", Payloads.MINE, "REPLACE").replies("+OK");
    run("FUNCTION", "DUMP").repliesBulk(Payloads.MINE);
  }

  @Test
  void shouldForgetAllOthersIfToldTo() {
    keep("#!lua name=yours\n");
    run("FUNCTION", "RESTORE", Payloads.MINE, "flush").replies("+OK");
    run("FUNCTION", "DUMP").repliesBulk(Payloads.MINE);
    run("FUNCTION", "RESTORE", Payloads.NONE, "FLUSH").replies("+OK");
    run("FUNCTION", "DUMP").repliesBulk(Payloads.NONE);
  }

  @Test
  void shouldRefuseAPayloadOfAValue() {
    run("SET", "k", "v");
    String value = run("DUMP", "k").reply();
    run("FUNCTION", "RESTORE", value.substring(value.indexOf('\n') + 1, value.length() - 2))
        .fails("ERR given type is not a function");
  }
}
