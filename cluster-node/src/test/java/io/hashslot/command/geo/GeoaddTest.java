package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeoaddTest extends CommandTest {
  @Test
  void shouldAddPlacesAsScores() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania")
        .replies(":2")
        .propagates("zadd g 3479099956230698 Palermo 3479447370796909 Catania")
        .fires("new:g", "zadd:g");
    run("ZSCORE", "g", "Palermo").repliesBulk("3479099956230698");
    run("OBJECT", "ENCODING", "g").repliesBulk("listpack");
  }

  @Test
  void shouldKeepToItsConditions() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEOADD", "g", "NX", "1", "2", "Palermo").replies(":0").propagatesNothing().firesNothing();
    run("GEOADD", "g", "XX", "CH", "1", "2", "Palermo", "1", "2", "nobody")
        .replies(":1")
        .propagates("zadd g XX CH 3378080408407459 Palermo 3378080408407459 nobody")
        .fires("zadd:g");
    run("GEOADD", "nokey", "XX", "1", "2", "a").replies(":0");
    run("EXISTS", "nokey").replies(":0");
  }

  @Test
  void shouldRefuseWhatIsNoPlace() {
    run("GEOADD", "g", "200", "2", "m")
        .replies("-ERR invalid longitude,latitude pair 200.000000,2.000000");
    run("GEOADD", "g", "1", "86", "m")
        .replies("-ERR invalid longitude,latitude pair 1.000000,86.000000");
    run("GEOADD", "g", "x", "2", "m").replies("-ERR value is not a valid float");
    run("GEOADD", "g", "NX", "XX", "1", "2", "m").replies("-ERR syntax error");
    run("GEOADD", "g", "GT", "1", "2", "m").replies("-ERR syntax error");
  }
}
