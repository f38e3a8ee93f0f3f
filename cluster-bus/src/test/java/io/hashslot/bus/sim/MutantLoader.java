package io.hashslot.bus.sim;

import io.hashslot.bus.core.ClusterCore;
import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Loads the simulator once more, over a core whose sources were changed: the changed classes are
 * compiled in memory, all others of the core and the simulator are defined anew from their bytes.
 * So a rule can be taken away by its own text, and the core needs no seams for it.
 */
final class MutantLoader extends ClassLoader {
  private static final List<String> OWN =
      List.of("io.hashslot.bus.core.", "io.hashslot.bus.file.", "io.hashslot.bus.sim.");

  private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

  MutantLoader(Mutant mutant) {
    super(MutantLoader.class.getClassLoader());
    compile(changedSources(mutant));
  }

  /** The sources with the edits made; throws if a text to be changed does not stand there once. */
  static Map<String, String> changedSources(Mutant mutant) {
    var sources = new LinkedHashMap<String, String>();
    for (Mutant.Edit edit : mutant.edits()) {
      String text = sources.computeIfAbsent(edit.className(), MutantLoader::source);
      int at = text.indexOf(edit.original());
      if (at < 0 || text.indexOf(edit.original(), at + 1) >= 0) {
        throw new AssertionError(
            "the mutant \"%s\" wants to change a rule in %s that does not stand there once (any"
                    .formatted(mutant, edit.className())
                + " more): bring its row up to date\n"
                + edit.original());
      }
      sources.put(edit.className(), text.replace(edit.original(), edit.replacement()));
    }
    return sources;
  }

  private static String source(String className) {
    Path root = Path.of(System.getProperty("hashslot.root", ".."));
    Path file =
        root.resolve("cluster-bus/src/main/java/io/hashslot/bus/core/" + className + ".java");
    try {
      return Files.readString(file);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private void compile(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var standard = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    var complaints = new StringWriter();
    List<Source> units =
        sources.entrySet().stream()
            .map(entry -> new Source(entry.getKey(), entry.getValue()))
            .toList();
    boolean sound =
        compiler
            .getTask(
                complaints,
                new Collector(standard),
                null,
                List.of("-proc:none", "-nowarn", "-classpath", classPath()),
                null,
                units)
            .call();
    if (!sound) throw new AssertionError("does not compile: " + complaints);
  }

  private static String classPath() {
    return Stream.of(
            ClusterCore.class, DirectBuffer.class, Object2LongOpenHashMap.class, Nullable.class)
        .map(MutantLoader::home)
        .distinct()
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException strange) {
      throw new AssertionError(strange);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (OWN.stream().noneMatch(name::startsWith)) return super.loadClass(name, resolve);
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      byte[] bytes = bytes(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] bytes(String name) throws ClassNotFoundException {
    ByteArrayOutputStream changed = compiled.get(name);
    if (changed != null) return changed.toByteArray();
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) throw new ClassNotFoundException(name);
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("mem:///io/hashslot/bus/core/" + className + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  private final class Collector extends ForwardingJavaFileManager<JavaFileManager> {
    Collector(JavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      var bytes = new ByteArrayOutputStream();
      compiled.put(className, bytes);
      return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }
  }

  /** What {@link MutantTrial#firstViolation} finds under these rules. */
  List<String> firstViolation(@Nullable String script, int histories) {
    return trial("firstViolation", script, histories);
  }

  /** What {@link MutantTrial#firstLoss} finds under these rules. */
  List<String> firstLoss(@Nullable String script, int histories) {
    return trial("firstLoss", script, histories);
  }

  private List<String> trial(String which, @Nullable String script, int histories) {
    try {
      Object found =
          loadClass(MutantTrial.class.getName(), true)
              .getDeclaredMethod(which, String.class, int.class)
              .invoke(null, script, histories);
      var texts = new ArrayList<String>();
      for (Object text : (List<?>) found) texts.add(String.valueOf(text));
      return texts;
    } catch (ReflectiveOperationException broken) {
      throw new AssertionError(broken);
    }
  }

  /** What {@link FalseFailoverTrial#replaced} counts under these rules. */
  int replaced(FalseFailoverTrial.Trouble trouble, long seed, long lifeMs) {
    try {
      Object count =
          loadClass(FalseFailoverTrial.class.getName(), true)
              .getDeclaredMethod("replaced", String.class, long.class, long.class)
              .invoke(null, trouble.name(), seed, lifeMs);
      return (int) count;
    } catch (ReflectiveOperationException broken) {
      throw new AssertionError(broken);
    }
  }
}
