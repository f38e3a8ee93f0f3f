package io.hashslot.command.geo;

import io.hashslot.command.CommandTest;
import org.junit.jupiter.api.Test;

class GeosearchTest extends CommandTest {
  @Test
  void shouldFindPlacesInACircle() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "200", "km", "ASC")
        .replies("*2", "$7", "Catania", "$7", "Palermo");
    run(
            "GEOSEARCH",
            "g",
            "FROMLONLAT",
            "15",
            "37",
            "BYRADIUS",
            "100",
            "km",
            "WITHDIST",
            "WITHHASH",
            "WITHCOORD")
        .replies(
            "*1",
            "*4",
            "$7",
            "Catania",
            "$7",
            "56.4413",
            ":3479447370796909",
            "*2",
            "$20",
            "15.08726745843887329",
            "$20",
            "37.50266842333162032");
    run("GEOSEARCH", "g", "FROMMEMBER", "Palermo", "BYRADIUS", "200", "km", "DESC", "WITHDIST")
        .replies(
            "*2", "*2", "$7", "Catania", "$8", "166.2742", "*2", "$7", "Palermo", "$6", "0.0000");
  }

  @Test
  void shouldFindPlacesInABox() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYBOX", "400", "400", "km", "DESC")
        .replies("*2", "$7", "Palermo", "$7", "Catania");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYBOX", "100", "400", "km")
        .replies("*1", "$7", "Catania");
  }

  @Test
  void shouldStopWhereEnoughIsFound() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "200", "km", "COUNT", "1")
        .replies("*1", "$7", "Catania");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "200", "km", "COUNT", "1", "ANY")
        .replies("*1", "$7", "Palermo");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "200", "km", "ANY")
        .replies("-ERR the ANY argument requires COUNT argument");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "200", "km", "COUNT", "0")
        .replies("-ERR COUNT must be > 0");
  }

  @Test
  void shouldSayWhatIsMissing() {
    run("GEOADD", "g", "13.361389", "38.115556", "Palermo", "15.087269", "37.502669", "Catania");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "ASC", "ASC")
        .replies("-ERR exactly one of BYRADIUS and BYBOX can be specified for GEOSEARCH");
    run("GEOSEARCH", "g", "BYRADIUS", "1", "km", "ASC", "ASC")
        .replies("-ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for GEOSEARCH");
    run("GEOSEARCH", "g", "FROMMEMBER", "nobody", "BYRADIUS", "200", "km")
        .replies("-ERR could not decode requested zset member");
    run("GEOSEARCH", "nokey", "FROMMEMBER", "nobody", "BYRADIUS", "200", "km").replies("*0");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYRADIUS", "-1", "km")
        .replies("-ERR radius cannot be negative");
    run("GEOSEARCH", "g", "FROMLONLAT", "15", "37", "BYBOX", "x", "1", "km")
        .replies("-ERR need numeric width");
  }
}
