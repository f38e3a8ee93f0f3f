package io.hashslot.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM writes with {@code -Xlog:safepoint:file=…}: every stop of all its threads. */
final class SafepointLog {

  /**
   * The variable through which a launcher's JVM gets {@link #jvmOption}. HotSpot reads this one
   * after the command line, so that a {@code -Xlog:disable} there does not silence it.
   */
  static final String ENVIRONMENT = "_JAVA_OPTIONS";

  private static final Pattern LINE =
      Pattern.compile("Safepoint \"([^\"]+)\".*?Total:\\s*(\\d+) ns");

  /**
   * The stops of some time.
   *
   * @param count how many
   * @param totalMs their sum
   * @param longestMs the longest
   * @param longestCause what the longest was for; empty if there was none
   */
  record Stops(int count, double totalMs, double longestMs, String longestCause) {}

  private final Path file;

  SafepointLog(Path file) {
    this.file = file;
  }

  /** Returns the option that makes a JVM write this log. */
  String jvmOption() {
    return "-Xlog:safepoint:file=" + file + ":uptime:filecount=0";
  }

  /** Returns how long the log is by now, in characters, for {@link #since}. */
  int length() throws IOException {
    return Files.exists(file) ? text().length() : 0;
  }

  /** Returns the stops written behind the first {@code from} characters. */
  Stops since(int from) throws IOException {
    return parse(text().substring(from));
  }

  private String text() throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  static Stops parse(String log) {
    int count = 0;
    long totalNs = 0;
    long longestNs = 0;
    String cause = "";
    for (Matcher stop = LINE.matcher(log); stop.find(); ) {
      long ns = Long.parseLong(stop.group(2));
      count++;
      totalNs += ns;
      if (ns > longestNs) {
        longestNs = ns;
        cause = stop.group(1);
      }
    }
    return new Stops(count, totalNs / 1e6, longestNs / 1e6, cause);
  }
}
