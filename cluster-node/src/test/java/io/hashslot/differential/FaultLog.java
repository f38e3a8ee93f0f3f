package io.hashslot.differential;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what is logged as an error in this process: our own faults, and leaks of buffers. */
final class FaultLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private static final int ENOUGH = 20;

  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  FaultLog() {
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR) && texts.size() < ENOUGH) {
      texts.add(
          event.getFormattedMessage()
              + "\n"
              + ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
  }

  /** What has been logged so far. */
  List<String> texts() {
    return texts;
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
