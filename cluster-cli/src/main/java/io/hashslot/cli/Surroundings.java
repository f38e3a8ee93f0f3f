package io.hashslot.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process' surroundings: streams, environment, terminal. The one place that knows the real
 * ones, so that everything else can be tested without a process.
 *
 * @param in standard input
 * @param out standard output, in bytes; flushed by whoever has printed a reply
 * @param err standard error
 * @param environment the environment's variables
 * @param inIsTerminal whether a person may be typing
 * @param outIsTerminal whether a person may be reading
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean inIsTerminal,
    boolean outIsTerminal) {

  /** Those of this process. {@code FAKETTY} makes output look as on a terminal. */
  static Surroundings ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        new FileInputStream(FileDescriptor.in),
        printer(FileDescriptor.out),
        printer(FileDescriptor.err),
        environment,
        isTerminal(0),
        isTerminal(1) || environment.containsKey("FAKETTY"));
  }

  private static PrintStream printer(FileDescriptor descriptor) {
    OutputStream bare = new FileOutputStream(descriptor);
    return new PrintStream(
        new java.io.BufferedOutputStream(bare, 32 << 10), false, StandardCharsets.UTF_8);
  }

  /**
   * {@code System.console()} tells only of input and output together, and takes its time; the link
   * to the open file tells at once.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException _) {
      var console = System.console();
      return console != null && console.isTerminal();
    }
  }

  /** The value of an environment variable, if it is set and not empty. */
  public @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * Prints bytes and sees that they leave.
   *
   * @throws OutputClosedException if nobody reads them, as behind {@code | head}
   */
  public void print(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }

  /** Prints a text and sees that it leaves; see {@link #print(byte[])}. */
  public void print(String text) {
    print(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Prints a line to standard error. */
  public void complain(String line) {
    out.flush();
    err.print(line + '\n');
    err.flush();
  }
}
