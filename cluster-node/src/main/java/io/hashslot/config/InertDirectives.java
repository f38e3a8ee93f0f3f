package io.hashslot.config;

import static io.hashslot.config.Row.INT;
import static io.hashslot.config.Row.LONG;

import java.util.List;

/**
 * The directives that are accepted, checked, shown and rewritten like all others, but change
 * nothing here, grouped by the reason.
 */
final class InertDirectives {
  static final Row.Group ROWS = new Row.Group("Accepted without effect");

  static {
    jemalloc();
    no_fork();
    payloads();
    loops();
    lazy();
    rehash();
    crash();
    title();
    syslog();
    kernel();
    openssl();
    collate();
    loading();
    names();
    lua();
  }

  private static void jemalloc() {
    String why = "The data lives in an arena of our own; there is no jemalloc to steer.";
    ROWS.row("jemalloc-bg-thread").inert(why).toggle(true);
    ROWS.row("activedefrag").inert(why).toggle(false);
    ROWS.row("active-defrag-cycle-min").inert(why).number(1, 1, 99);
    ROWS.row("active-defrag-cycle-max").inert(why).number(25, 1, 99);
    ROWS.row("active-defrag-threshold-lower").inert(why).number(10, 0, 1000);
    ROWS.row("active-defrag-threshold-upper").inert(why).number(100, 0, 1000);
    ROWS.row("active-defrag-max-scan-fields").inert(why).number(1000, 1, LONG);
    ROWS.row("active-defrag-ignore-bytes").inert(why).memory(100L << 20, 1, LONG);
  }

  private static void no_fork() {
    String why =
        "Snapshots and rewrites are written by a thread of the same process; there is no child to"
            + " tune.";
    ROWS.row("bgsave-cpulist").immutable().alias("bgsave_cpulist").inert(why).text("");
    ROWS.row("aof-rewrite-cpulist").immutable().alias("aof_rewrite_cpulist").inert(why).text("");
    ROWS.row("disable-thp").immutable().inert(why).toggle(true);
    ROWS.row("oom-score-adj").inert(why).choice(Choices.OomScoreAdj.NO);
    ROWS.row("oom-score-adj-values")
        .inert(why)
        .structured(List.of(0, 200, 800), new WordList.Scores());
  }

  private static void payloads() {
    String why = "Snapshots and payloads are always checked in depth, whoever sends them.";
    ROWS.row("sanitize-dump-payload").inert(why).choice(Choices.SanitizeDump.NO);
  }

  private static void loops() {
    String why = "Every event loop reads, executes and writes, and the JVM places its threads.";
    ROWS.row("io-threads-do-reads").immutable().inert(why).toggle(true);
    ROWS.row("events-per-io-thread").inert(why).number(2, 0, INT);
    ROWS.row("prefetch-batch-max-size").inert(why).number(16, 0, 128);
    ROWS.row("server-cpulist").immutable().alias("server_cpulist").inert(why).text("");
    ROWS.row("bio-cpulist").immutable().alias("bio_cpulist").inert(why).text("");
    ROWS.row("max-new-connections-per-cycle").inert(why).number(10, 1, 1000);
    ROWS.row("max-new-tls-connections-per-cycle").inert(why).number(1, 1, 1000);
    ROWS.row("dynamic-hz").inert(why).toggle(true);
  }

  private static void lazy() {
    String why =
        "Freeing is cheap here: blocks go back to the arena without a walk through the system"
            + " allocator.";
    ROWS.row("lazyfree-lazy-expire").inert(why).toggle(true);
    ROWS.row("lazyfree-lazy-server-del").inert(why).toggle(true);
    ROWS.row("lazyfree-lazy-user-del").inert(why).toggle(true);
    ROWS.row("lazyfree-lazy-user-flush").inert(why).toggle(true);
    ROWS.row("replica-lazy-flush").alias("slave-lazy-flush").inert(why).toggle(true);
  }

  private static void rehash() {
    String why =
        "Tables always grow a step with each write; there is no idle rehashing to switch off.";
    ROWS.row("activerehashing").inert(why).toggle(true);
  }

  private static void crash() {
    String why = "A crash of the JVM leaves its own report, hs_err_pid*.log.";
    ROWS.row("crash-log-enabled").inert(why).toggle(true);
    ROWS.row("crash-memcheck-enabled").inert(why).toggle(true);
    ROWS.row("use-exit-on-panic").hidden().inert(why).toggle(false);
    ROWS.row("watchdog-period").hidden().inert(why).number(0, 0, INT);
    ROWS.row("enable-debug-assert").immutable().hidden().inert(why).toggle(false);
    ROWS.row("debug-context").hidden().inert(why).text("");
  }

  private static void title() {
    String why = "A Java process cannot change its title.";
    ROWS.row("set-proc-title").immutable().inert(why).toggle(true);
    ROWS.row("proc-title-template")
        .inert(why)
        .text("{title} {listen-addr} {server-mode}", Names::title);
  }

  private static void syslog() {
    String why =
        "The log goes to standard output or to a file; a supervisor or log agent carries it on.";
    ROWS.row("syslog-enabled").immutable().inert(why).toggle(false);
    ROWS.row("syslog-ident").immutable().inert(why).text("hashslot");
    ROWS.row("syslog-facility").immutable().inert(why).choice(Choices.SyslogFacility.LOCAL0);
    ROWS.row("supervised").immutable().inert(why).choice(Choices.Supervised.NO);
    ROWS.row("always-show-logo").immutable().inert(why).toggle(false);
    ROWS.row("hide-user-data-from-log").inert(why).toggle(true);
    ROWS.row("ignore-warnings").inert(why).text("");
  }

  private static void kernel() {
    String why = "It needs a system call that the JVM does not offer.";
    ROWS.row("socket-mark-id").immutable().inert(why).number(0, 0, 4_294_967_295L);
  }

  private static void openssl() {
    String why = "The JDK and Netty negotiate key exchange on their own.";
    ROWS.row("tls-dh-params-file").inert(why).text("");
  }

  private static void collate() {
    String why = "SORT ... ALPHA compares bytes; a Java process has no C locale.";
    ROWS.row("locale-collate").inert(why).text("", Names::locale);
  }

  private static void loading() {
    String why = "Clients are served by the event loops while another thread loads.";
    ROWS.row("loading-process-events-interval-bytes")
        .immutable()
        .hidden()
        .inert(why)
        .number(2L << 20, 1024, INT);
  }

  private static void names() {
    String why = "We answer with one name and one version to all clients.";
    ROWS.row("extended-redis-compatibility").inert(why).toggle(false);
  }

  private static void lua() {
    String why =
        "Scripts run on another implementation of Lua, which has none of the old interface.";
    ROWS.row("lua-enable-deprecated-api").immutable().hidden().inert(why).toggle(false);
  }

  private InertDirectives() {}
}
