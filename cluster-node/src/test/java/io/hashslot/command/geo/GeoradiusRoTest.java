package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeoradiusRoTest extends CommandTest {
  @Test
  void shouldNotStore() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEORADIUS_RO", "g", "15", "37", "200", "km", "DESC")
        .replies("*2", "$7", "Palermo", "$7", "Catania");
    run("GEORADIUS_RO", "g", "15", "37", "200", "km", "STORE", "d").replies("-ERR syntax error");
  }
}
