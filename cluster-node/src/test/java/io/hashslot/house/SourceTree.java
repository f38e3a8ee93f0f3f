package io.hashslot.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The sources of all modules, parsed once. */
final class SourceTree {
  private static final List<String> MODULES =
      List.of("cluster-bus", "cluster-node", "cluster-cli", "benchmarks");

  /**
   * One source file.
   *
   * @param path relative to the root of the repository
   * @param unit what the compiler's parser made of it
   */
  record Source(Path path, CompilationUnitTree unit) {
    String packageName() {
      return unit.getPackage() == null ? "" : unit.getPackage().getPackageName().toString();
    }

    String className() {
      return path.getFileName().toString().replace(".java", "");
    }

    long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }

    String text() {
      try {
        return unit.getSourceFile().getCharContent(true).toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean isTest() {
      return path.toString().contains("/src/test/");
    }
  }

  private final List<Source> sources = new ArrayList<>();
  private final SourcePositions positions;

  private SourceTree(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : MODULES) {
      Path folder = root.resolve(module).resolve("src");
      if (!Files.isDirectory(folder)) continue;
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
      }
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    var manager = compiler.getStandardFileManager(null, Locale.ROOT, null);
    var task =
        (JavacTask)
            compiler.getTask(
                null,
                manager,
                null,
                List.of("-proc:none"),
                null,
                manager.getJavaFileObjects(files.toArray(Path[]::new)));
    for (CompilationUnitTree unit : task.parse()) {
      Path file = Path.of(unit.getSourceFile().toUri());
      sources.add(new Source(root.toRealPath().relativize(file.toRealPath()), unit));
    }
    positions = Trees.instance(task).getSourcePositions();
  }

  /** Reads the tree whose root the build names in {@code hashslot.root}. */
  static SourceTree read() {
    try {
      return new SourceTree(root());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path root() {
    String root = System.getProperty("hashslot.root");
    return Path.of(root == null ? ".." : root).toAbsolutePath().normalize();
  }

  List<Source> main() {
    return sources.stream().filter(source -> !source.isTest()).toList();
  }

  List<Source> all() {
    return sources;
  }

  SourcePositions positions() {
    return positions;
  }
}
