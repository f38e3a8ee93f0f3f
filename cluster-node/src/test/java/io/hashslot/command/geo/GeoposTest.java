package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeoposTest extends CommandTest {
  @Test
  void shouldReplyWithTheMiddleOfTheCell() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEOPOS", "g", "Palermo", "nobody")
        .replies("*2", "*2", "$20", "13.36138933897018433", "$20", "38.11555639549629859", "*-1");
    run("GEOPOS", "nokey", "a").replies("*1", "*-1");
    client.resp3();
    run("GEOPOS", "g", "Palermo")
        .replies("*1", "*2", ",13.36138933897018433", ",38.11555639549629859");
  }
}
