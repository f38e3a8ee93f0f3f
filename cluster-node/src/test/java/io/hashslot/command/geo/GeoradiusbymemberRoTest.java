package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeoradiusbymemberRoTest extends CommandTest {
  @Test
  void shouldNotStore() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEORADIUSBYMEMBER_RO", "g", "Palermo", "1", "km").replies("*1", "$7", "Palermo");
    run("GEORADIUSBYMEMBER_RO", "g", "Palermo", "1", "km", "STOREDIST", "d")
        .replies("-ERR syntax error");
  }
}
