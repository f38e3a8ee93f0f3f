package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.time.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Our command line, run within the test. */
public final class OurCli {
  private final Map<String, String> environment;
  private final boolean terminal;

  private OurCli(Map<String, String> environment, boolean terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  /** Output goes to a file, the environment is empty. */
  public static OurCli plain() {
    return new OurCli(Map.of(), false);
  }

  /** Output goes to a terminal. */
  public static OurCli onTerminal() {
    return new OurCli(Map.of(), true);
  }

  /** Runs it; standard error is part of what it printed, one byte a character. */
  public RealServers.Printed run(byte[] input, List<String> words) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, UTF_8);
    var surroundings =
        new Surroundings(new ByteArrayInputStream(input), out, out, environment, false, terminal);
    List<byte[]> commandLine = new ArrayList<>();
    words.forEach(word -> commandLine.add(word.getBytes(UTF_8)));
    int status = Main.run(commandLine, surroundings, Clock.system());
    return new RealServers.Printed(bytes.toString(ISO_8859_1), status);
  }

  /** Runs it without input. */
  public RealServers.Printed run(List<String> words) {
    return run(new byte[0], words);
  }
}
