package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeosearchstoreTest extends CommandTest {
  @Test
  void shouldStoreWhatWasFound() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEOSEARCHSTORE", "d", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "100", "km")
        .replies(":1")
        .propagates("GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 100 km")
        .fires("new:d", "geosearchstore:d");
    run("ZRANGE", "d", "0", "-1", "WITHSCORES")
        .replies("*2", "$7", "Catania", "$16", "3479447370796909");
    run("GEOSEARCHSTORE", "d", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "200", "km", "STOREDIST")
        .replies(":2");
    run("ZRANGE", "d", "0", "-1").replies("*2", "$7", "Catania", "$7", "Palermo");
    run("GEOSEARCHSTORE", "d", "g", "FROMLONLAT", "0", "0", "BYRADIUS", "1", "m")
        .replies(":0")
        .fires("del:d");
    run("GEOSEARCHSTORE", "d", "g", "FROMLONLAT", "0", "0", "BYRADIUS", "1", "m", "WITHDIST")
        .replies(
            "-ERR GEOSEARCHSTORE is not compatible with WITHDIST, WITHHASH and WITHCOORD options");
  }
}
