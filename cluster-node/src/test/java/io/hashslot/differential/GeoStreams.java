package io.hashslot.differential;

import java.util.List;

/**
 * Requests of the commands on places. Distances are shown here, but not stored: their last digits
 * depend on the mathematics library.
 */
final class GeoStreams implements Streams {
  private static final String OPTIONS =
      " [ASC|DESC] [COUNT 1|COUNT 2|COUNT 3 ANY|COUNT $integer] [WITHCOORD] [WITHDIST] [WITHHASH]";

  @Override
  public List<Shape> shapes() {
    return List.of(
        new Shape("GEOADD $key $longitude $latitude $member"),
        new Shape("GEOADD $key 13.361389 38.115556 a 15.087269 37.502669 b 15 37 c 179.9 0 1"),
        new Shape("GEOADD $key 12.758489 38.788135 2 17.241510 38.788135 3 -179.9 0 4 0 0 5"),
        new Shape("GEOADD $key [NX|XX] [CH] $longitude $latitude $member 1 2 $member"),
        new Shape("GEOADD $key $junk... $longitude $latitude $member"),
        new Shape("GEODIST $key $member $member [$unit] [$junk]"),
        new Shape("GEOHASH $key $member..."),
        new Shape("GEOPOS $key $member..."),
        new Shape("GEOPOS $key"),
        new Shape("GEORADIUS $key $longitude $latitude $length $unit" + OPTIONS),
        new Shape("GEORADIUS $key $longitude $latitude $length $unit $junk..."),
        new Shape("GEORADIUS $key $longitude $latitude $length $unit [ASC] [COUNT 2] STORE $key"),
        new Shape("GEORADIUSBYMEMBER $key $member $length $unit" + OPTIONS),
        new Shape("GEORADIUSBYMEMBER $key $member $length $unit [STORE $key] [WITHDIST]"),
        new Shape("GEORADIUSBYMEMBER_RO $key $member $length $unit" + OPTIONS),
        new Shape("GEORADIUSBYMEMBER_RO $key $member $length $unit [STORE $key]"),
        new Shape("GEORADIUS_RO $key $longitude $latitude $length $unit" + OPTIONS),
        new Shape("GEORADIUS_RO $key $longitude $latitude $length $unit [STOREDIST $key]"),
        new Shape(
            "GEOSEARCH $key FROMLONLAT $longitude $latitude BYRADIUS $length $unit" + OPTIONS),
        new Shape(
            "GEOSEARCH $key FROMLONLAT $longitude $latitude BYBOX $length $length $unit" + OPTIONS),
        new Shape("GEOSEARCH $key FROMMEMBER $member BYBOX $length $length $unit" + OPTIONS),
        new Shape(
            "GEOSEARCH $key [FROMMEMBER $member] [FROMLONLAT 1 2] [BYRADIUS 1 km] [BYBOX 1 1 km]"
                + " $junk..."),
        new Shape("GEOSEARCHSTORE $key $key FROMMEMBER $member BYRADIUS $length $unit [COUNT 2]"),
        new Shape("GEOSEARCHSTORE $key $key FROMLONLAT 15 37 BYBOX $length $length $unit [ASC]"),
        new Shape("GEOSEARCHSTORE $key $key FROMLONLAT 15 37 BYRADIUS 200 km $junk..."),
        new Shape("geosearch $key FROMLONLAT 15 37 ASC ASC"));
  }
}
