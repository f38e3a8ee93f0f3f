package io.hashslot.config;

import static io.hashslot.config.Row.INT;

/** The process, its log and its end. */
public final class ProcessDirectives {
  static final Row.Group ROWS = new Row.Group("Process and log");

  /** Whether the launcher detaches the server from the terminal. */
  public static final Toggle DAEMONIZE =
      ROWS.row("daemonize")
          .immutable()
          .remark("Done by the launcher, bin/cluster-node: a Java process cannot fork itself.")
          .toggle(false);

  /** The file that holds the process id. */
  public static final Text PIDFILE = ROWS.row("pidfile").immutable().text("");

  /** How many databases there are outside a cluster. */
  public static final Quantity DATABASES = ROWS.row("databases").immutable().number(16, 1, INT);

  /** From which level on lines are logged. */
  public static final Choice<Choices.LogLevel> LOGLEVEL =
      ROWS.row("loglevel").choice(Choices.LogLevel.NOTICE);

  /** The log; empty for standard output. */
  public static final Text LOGFILE = ROWS.row("logfile").immutable().text("");

  /** Seconds that a shutdown waits for replicas. */
  public static final Quantity SHUTDOWN_TIMEOUT = ROWS.row("shutdown-timeout").number(10, 0, INT);

  /** How SIGINT ends the server. */
  public static final Structured<ShutdownOptions> SHUTDOWN_ON_SIGINT =
      ROWS.row("shutdown-on-sigint")
          .structured(ShutdownOptions.DEFAULT, new ShutdownOptions.Form());

  /** How SIGTERM ends the server. */
  public static final Structured<ShutdownOptions> SHUTDOWN_ON_SIGTERM =
      ROWS.row("shutdown-on-sigterm")
          .structured(ShutdownOptions.DEFAULT, new ShutdownOptions.Form());

  /** Where the server runs, told to clients that ask and to the other nodes of the cluster. */
  public static final Text AVAILABILITY_ZONE =
      ROWS.row("availability-zone")
          .alias("cluster-availability-zone")
          .remark(
              "Nodes of a cluster tell each other, if it is of letters, digits and -._:/~%:"
                  + " replicas move and are elected with regard to it.")
          .text("");

  private ProcessDirectives() {}
}
