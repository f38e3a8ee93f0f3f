package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeohashTest extends CommandTest {
  @Test
  void shouldReplyWithElevenCharacters() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEOHASH", "g", "Palermo", "nobody", "Catania")
        .replies("*3", "$11", "sqc8b49rny0", "$-1", "$11", "sqdtr74hyu0");
  }
}
