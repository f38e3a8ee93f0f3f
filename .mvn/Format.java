import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs google-java-format over the sources that changed since its last run; called by the build. */
class Format {
  public static void main(String[] args) throws Exception {
    Path jar = Path.of(args[0]);
    Path root = Path.of(args[1]);
    Path stamp = root.resolve("target/tools/formatted");
    long last = Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toMillis() : 0;
    List<String> changed = new ArrayList<>();
    for (String module : List.of("cluster-bus", "cluster-node", "cluster-cli", "benchmarks")) {
      Path sources = root.resolve(module).resolve("src");
      if (!Files.isDirectory(sources)) continue;
      try (var files = Files.walk(sources)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          if (Files.getLastModifiedTime(file).toMillis() >= last) changed.add(file.toString());
        }
      }
    }
    if (changed.isEmpty()) return;
    Path list = Files.write(root.resolve("target/tools/sources.txt"), changed);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String p : List.of("api", "code", "file", "parser", "tree", "util")) {
      command.add("--add-exports=jdk.compiler/com.sun.tools.javac." + p + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-jar", jar.toString(), "--replace", "@" + list));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) System.exit(status);
    Files.write(stamp, List.of("formatted"));
  }
}
