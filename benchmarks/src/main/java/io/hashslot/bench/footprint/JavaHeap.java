package io.hashslot.bench.footprint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The collected heap of a JVM.
 *
 * @param committedBytes taken from the system
 * @param usedBytes of those, by live objects and garbage
 */
public record JavaHeap(long committedBytes, long usedBytes) {

  /**
   * A generation or the whole heap; metaspace is written the other way round and does not match.
   */
  private static final Pattern PART = Pattern.compile("(?:total|committed) (\\d+)K, used (\\d+)K");

  /**
   * Asks the JVM in a process tree through the {@code jcmd} of the running JDK.
   *
   * @return nothing if there is no JVM of our user in the tree
   */
  public static Optional<JavaHeap> ofTree(long pid) throws IOException, InterruptedException {
    Optional<ProcessHandle> root = ProcessHandle.of(pid);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProcessHandle> java;
    try (Stream<ProcessHandle> tree = Stream.concat(root.stream(), root.get().descendants())) {
      java = tree.filter(JavaHeap::isJava).findFirst();
    }
    if (java.isEmpty()) {
      return Optional.empty();
    }
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(java.get().pid()), "GC.heap_info")
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd failed: " + text.strip());
    }
    return Optional.of(parse(text));
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  /**
   * Sums the parts of the heap in the answer to {@code GC.heap_info}, whichever collector wrote it.
   */
  static JavaHeap parse(String heapInfo) {
    long committed = 0;
    long used = 0;
    for (Matcher part = PART.matcher(heapInfo); part.find(); ) {
      committed += Long.parseLong(part.group(1)) * 1024;
      used += Long.parseLong(part.group(2)) * 1024;
    }
    return new JavaHeap(committed, used);
  }
}
