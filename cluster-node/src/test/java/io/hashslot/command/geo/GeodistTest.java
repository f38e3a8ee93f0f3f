package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeodistTest extends CommandTest {
  @Test
  void shouldMeasureInAnyUnit() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEODIST", "g", "Palermo", "Catania").repliesBulk("166274.1516");
    run("GEODIST", "g", "Palermo", "Catania", "KM").repliesBulk("166.2742");
    run("GEODIST", "g", "Palermo", "Catania", "mi").repliesBulk("103.3182");
    run("GEODIST", "g", "Palermo", "Catania", "ft").repliesBulk("545518.8700");
    run("GEODIST", "g", "Palermo", "Palermo").repliesBulk("0.0000");
    run("GEODIST", "g", "Palermo", "nobody").replies("$-1");
    run("GEODIST", "g", "a", "b", "c")
        .replies("-ERR unsupported unit provided. please use M, KM, FT, MI");
    run("GEODIST", "g", "a", "b", "m", "x").replies("-ERR syntax error");
  }
}
