package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeoradiusTest extends CommandTest {
  @Test
  void shouldFindAndStore() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEORADIUS", "g", "15", "37", "200", "km").replies("*2", "$7", "Palermo", "$7", "Catania");
    run("GEORADIUS", "g", "15", "37", "200", "km", "COUNT", "1", "WITHDIST")
        .replies("*1", "*2", "$7", "Catania", "$7", "56.4413");
    run("GEORADIUS", "g", "15", "37", "200", "km", "STORE", "d")
        .replies(":2")
        .propagates("GEORADIUS g 15 37 200 km STORE d")
        .fires("new:d", "georadiusstore:d");
    run("GEORADIUS", "g", "15", "37", "200", "km", "STORE", "x", "STORE", "d").replies(":2");
    run("GEORADIUS", "g", "15", "37", "1", "m", "STOREDIST", "d").replies(":0").fires("del:d");
    run("GEORADIUS", "g", "15", "37", "200", "km", "WITHDIST", "STORE", "d")
        .replies(
            "-ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and WITHCOORD"
                + " options");
  }
}
