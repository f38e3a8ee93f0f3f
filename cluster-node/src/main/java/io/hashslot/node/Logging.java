package io.hashslot.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.hashslot.config.Choices;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The log: a file or standard output, from a level on. Set up in code, for that starts fastest. */
final class Logging {
  private static final String LINE =
      "%d{dd MMM yyyy HH:mm:ss.SSS} %-5level [%thread] %logger{0} %msg%n";

  private Logging() {}

  /** Sends the log to a file, or to standard output if there is none. */
  static void start(@Nullable Path file, Choices.LogLevel level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(LINE);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender;
    if (file == null) {
      appender = new ConsoleAppender<>();
    } else {
      FileAppender<ILoggingEvent> toFile = new FileAppender<>();
      toFile.setFile(file.toString());
      toFile.setAppend(true);
      appender = toFile;
    }
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    level(level);
  }

  /** Logs from a level on; {@code loglevel}. Libraries are kept to warnings. */
  static void level(Choices.LogLevel level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context
        .getLogger("io.hashslot")
        .setLevel(
            switch (level) {
              case DEBUG -> Level.TRACE;
              case VERBOSE -> Level.DEBUG;
              case NOTICE -> Level.INFO;
              case WARNING -> Level.WARN;
              case NOTHING -> Level.OFF;
            });
  }
}
