package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeoradiusbymemberTest extends CommandTest {
  @Test
  void shouldSearchAroundAMember() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEORADIUSBYMEMBER", "g", "Palermo", "200", "km", "ASC")
        .replies("*2", "$7", "Palermo", "$7", "Catania");
    run("GEORADIUSBYMEMBER", "g", "nobody", "200", "km")
        .replies("-ERR could not decode requested zset member");
    run("GEORADIUSBYMEMBER", "nokey", "nobody", "x", "km", "STORE", "d").replies(":0");
    run("GEORADIUSBYMEMBER", "g", "Palermo", "200", "km", "STORE", "g").replies(":2");
  }
}
