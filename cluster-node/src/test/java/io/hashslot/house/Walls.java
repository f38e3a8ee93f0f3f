package io.hashslot.house;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who may know whom. A package may use what stands at its right, itself and the JDK; nothing else.
 * {@code .*} means a package and those below it. Words without a dot name libraries.
 *
 * <p>To let a package know another one is a decision: say why in {@code docs/decisions}, and in the
 * {@code package-info} of the package.
 */
final class Walls {
  /** Libraries by the packages that begin so. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "agrona", List.of("org.agrona"),
          "fastutil", List.of("it.unimi.dsi.fastutil"),
          "histogram", List.of("org.HdrHistogram"),
          "jackson", List.of("com.fasterxml.jackson"),
          "jline", List.of("org.jline"),
          "jmh", List.of("org.openjdk.jmh"),
          "logback", List.of("ch.qos.logback"),
          "netty", List.of("io.netty"),
          "picocli", List.of("picocli"),
          "slf4j", List.of("org.slf4j"));

  private static final String TABLE =
      """
      slot                 : agrona
      time                 :
      resp                 : agrona
      tls                  :
      socket               :
      resp.client          : resp slot time tls socket netty slf4j
      manual               :
      bus.wire             : slot agrona
      bus.core             : slot bus.wire agrona fastutil
      bus.file             : bus.core bus.wire slot slf4j
      bus.link             : bus.core bus.file bus.wire slot time socket netty agrona slf4j
      sim                  :
      bus.sim              : bus.core bus.file bus.wire sim slot agrona

      memory               : agrona
      structure            : memory resp agrona
      value                : structure memory resp fastutil
      function             : persist.rdb resp
      keyspace             : function value structure memory slot time resp agrona fastutil slf4j
      session              : resp time agrona
      journal              : resp time agrona fastutil slf4j
      command              : resp session keyspace value structure journal slot manual time agrona
      acl                  : command session
      pubsub               : command session structure resp slot agrona fastutil
      blocking             : session keyspace
      tracking             : session keyspace
      observe              : command session keyspace journal resp time histogram
      dispatch             : command acl keyspace value memory journal pubsub blocking tracking observe session resp slot time agrona fastutil slf4j
      script               : dispatch command session resp
      persist.rdb          : value structure memory resp agrona slf4j
      persist.aof          : function keyspace value structure memory journal command dispatch observe session persist.rdb persist.snapshot resp slot time agrona slf4j
      persist.snapshot     : function keyspace value memory journal persist.rdb resp slot time slf4j
      persist.backup       : persist.aof persist.snapshot slf4j
      replication          : function journal persist.* keyspace value memory dispatch session resp resp.client slot time tls socket netty agrona slf4j
      cluster              : bus.* dispatch command keyspace value memory journal pubsub replication persist.* resp resp.client session slot time tls config agrona fastutil slf4j
      migration            : cluster bus.core bus.wire dispatch command keyspace memory journal persist.* session resp resp.client slot time tls config agrona slf4j
      config               : time
      command.*            : function command resp resp.client session keyspace value structure memory journal slot manual time dispatch acl pubsub blocking tracking observe script persist.* replication cluster migration bus.* config agrona fastutil slf4j
      net                  : session dispatch resp config time netty agrona slf4j
      sentinel.core        :
      sentinel             : sentinel.core net dispatch command session config resp resp.client time slf4j
      node                 : * agrona netty slf4j logback

      cli                  : cli.* resp resp.client slot time tls manual picocli jackson slf4j logback
      cli.simulate         : cli cli.view sim bus.sim bus.core resp.client slot
      cli.*                : cli cli.* resp resp.client slot time manual picocli jline jackson slf4j logback
      bench.*              : * agrona netty histogram jmh picocli jackson fastutil slf4j logback
      bench                : * agrona netty histogram jmh picocli jackson fastutil slf4j logback
      """;

  /** Why a wall stands, for those who run into it; the most telling prefix counts. */
  private static final Map<String, String> REASONS =
      new TreeMap<>(
          Map.of(
              "bus.core",
              "the cluster's decisions are a pure machine, so that simulations run the very same"
                  + " code",
              "sentinel.core",
              "Sentinel's decisions are a pure machine, so that simulations run the very same code",
              "dispatch",
              "dispatch finds bodies through the command table; if it knew a group, that group"
                  + " would be special",
              "command.",
              "groups never use each other's bodies; what two share goes below them, under its own"
                  + " name",
              "structure",
              "data structures know nothing of Redis",
              "value",
              "values know neither keys nor expiry",
              "net",
              "Netty stops in net, resp.client and bus.link: the engine runs in tests without"
                  + " sockets",
              "cli",
              "the command line depends on the wire only, never on the server",
              "config",
              "whoever owns a feature reads its directives; the table knows none of them",
              "time",
              "everybody knows the clock, so the clock knows nobody"));

  private final Map<String, Set<String>> rules = new HashMap<>();

  Walls() {
    TABLE
        .lines()
        .filter(line -> line.contains(":"))
        .forEach(
            line -> {
              String[] sides = line.split(":", 2);
              rules.put(sides[0].strip(), Set.of(sides[1].strip().split("\\s+")));
            });
  }

  /** Whether the table has a row for the package. */
  boolean knows(String packageName) {
    return rule(shortName(packageName)) != null;
  }

  /**
   * Whether {@code user} may use {@code used}; packages that are neither ours nor known libraries:
   * no.
   */
  boolean mayUse(String user, String used) {
    if (used.startsWith("java.")
        || used.startsWith("javax.")
        || used.startsWith("jdk.")
        || used.startsWith("com.sun.management")
        || used.equals("sun.misc")) return true; // signals
    if (used.startsWith("org.jspecify") || used.equals(user)) return true;
    Set<String> allowed = rule(shortName(user));
    if (allowed == null) return false;
    for (var library : LIBRARIES.entrySet()) {
      if (library.getValue().stream().anyMatch(used::startsWith)) {
        return allowed.contains(library.getKey());
      }
    }
    return used.startsWith("io.hashslot.")
        && (allowed.contains("*") || matches(allowed, shortName(used)));
  }

  String reason(String user) {
    String name = shortName(user);
    return REASONS.entrySet().stream()
        .filter(reason -> name.startsWith(reason.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("see docs/architecture.md, \"Packages\"");
  }

  private Set<String> rule(String name) {
    Set<String> exact = rules.get(name);
    if (exact != null) return exact;
    int dot = name.lastIndexOf('.');
    return dot < 0 ? null : rules.get(name.substring(0, dot) + ".*");
  }

  private static boolean matches(Set<String> allowed, String name) {
    if (allowed.contains(name)) return true;
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      if (allowed.contains(name.substring(0, dot) + ".*")) return true;
    }
    return false;
  }

  private static String shortName(String packageName) {
    return packageName.replaceFirst("^io\\.hashslot\\.", "");
  }
}
