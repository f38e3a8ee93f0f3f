package io.hashslot.command.scripting;

import io.hashslot.command.CommandTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FunctionDumpTest extends CommandTest {
  @Test
  void shouldGiveThePayloadThatRedisGives() {
    run("FUNCTION", "DUMP").repliesBulk(Payloads.NONE).propagatesNothing();
    kit.keyspace().functions().add(Payloads.MINE_SOURCE.getBytes(StandardCharsets.US_ASCII), false);
    run("FUNCTION", "DUMP").repliesBulk(Payloads.MINE);
  }
}
