package io.hashslot.node;

import io.hashslot.command.server.Ending;
import io.hashslot.config.Config;
import io.hashslot.config.ProcessDirectives;
import io.hashslot.config.ShutdownOptions;
import io.hashslot.config.Structured;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT end the server in good order. A shutdown hook would not do: it cannot refuse
 * when the data could not be saved, and makes the process end with an error status.
 */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private Signals() {}

  /** Lets the signals act on a server from now on. */
  static void handle(Config config, Ending ending) {
    AtomicBoolean interrupted = new AtomicBoolean();
    Signal.handle(
        new Signal("TERM"),
        _ -> end(config, ending, "SIGTERM", ProcessDirectives.SHUTDOWN_ON_SIGTERM));
    Signal.handle(
        new Signal("INT"),
        _ -> {
          if (interrupted.getAndSet(true)) {
            LOG.warn("You insist... exiting now.");
            Runtime.getRuntime().halt(1);
          }
          end(config, ending, "SIGINT", ProcessDirectives.SHUTDOWN_ON_SIGINT);
        });
  }

  private static void end(
      Config config, Ending ending, String signal, Structured<ShutdownOptions> directive) {
    LOG.warn("Received {} scheduling shutdown...", signal);
    ShutdownOptions options = config.get(directive);
    ending.begin(
        options.save()
            ? Ending.Saving.ALWAYS
            : options.nosave() ? Ending.Saving.NEVER : Ending.Saving.AS_CONFIGURED,
        options.now(),
        options.force(),
        () -> LOG.warn("{} received, but the server could not be shut down", signal));
  }
}
