package io.hashslot.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import io.hashslot.house.SourceTree.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house. Each test is one rule; its message says what to do instead. */
class HouseTest {
  private static final SourceTree TREE = SourceTree.read();

  /** Something that may be written in few places only. */
  private record Ban(Pattern code, Predicate<Source> allowed, String advice) {}

  private static Predicate<Source> in(String... packages) {
    return source ->
        Stream.of(packages)
            .map(name -> "io.hashslot." + name)
            .anyMatch(
                name ->
                    source.packageName().equals(name)
                        || source.packageName().startsWith(name + "."));
  }

  private static final Predicate<Source> PURE =
      in(
          "bus.core",
          "bus.wire",
          "bus.file",
          "bus.sim",
          "sim",
          "sentinel.core",
          "structure",
          "value",
          "config");

  private static final List<Ban> BANS =
      List.of(
          new Ban(
              Pattern.compile(
                  "System\\.(currentTimeMillis|nanoTime)|(Instant|Local\\w+|ZonedDateTime|OffsetDateTime|Year)\\.now|Clock\\.system(UTC|DefaultZone)|new"
                      + " ([\\w.]+\\.)?Date"),
              in("time", "bench"),
              "clocks are read in io.hashslot.time: take an io.hashslot.time.Clock"),
          new Ban(
              Pattern.compile(
                  "Math\\.random|new"
                      + " (Random|SecureRandom|SplittableRandom)|ThreadLocalRandom\\.\\w+|"
                      + "UUID\\.randomUUID|RandomGenerator\\.getDefault"),
              PURE.negate(),
              "chance is an argument here, so that the same seed gives the same history: take a"
                  + " RandomGenerator"),
          new Ban(
              Pattern.compile("System\\.(out|err)"),
              in("cli", "bench")
                  .or(source -> source.packageName().endsWith("node") && isMain(source)),
              "log with SLF4J; only the command line and main print"),
          new Ban(
              Pattern.compile("\\w+\\.printStackTrace"),
              _ -> false,
              "log the exception with what was going on"),
          new Ban(
              Pattern.compile("[\\w.()]+\\.getBytes\\(\\)"),
              _ -> false,
              "name the charset: getBytes(StandardCharsets.UTF_8)"),
          new Ban(
              Pattern.compile("System\\.exit|Runtime\\.halt"),
              in("node").or(HouseTest::isMain),
              "only main and its package end the process; throw, and let them decide"));

  private static boolean isMain(Source source) {
    return source.className().equals("Main");
  }

  @Test
  void packagesKnowOnlyWhomTheyMay() {
    var walls = new Walls();
    Set<String> broken = new TreeSet<>();
    for (Source source : TREE.main()) {
      String user = source.packageName();
      if (!walls.knows(user)) {
        broken.add(user + " has no row in Walls: say there whom it may use");
        continue;
      }
      for (String used : usedPackages(source)) {
        if (!walls.mayUse(user, used)) {
          broken.add(user + " uses " + used + " in " + source.path() + ": " + walls.reason(user));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** From imports, and from names written out in full. */
  private static Set<String> usedPackages(Source source) {
    Set<String> used = new TreeSet<>();
    for (ImportTree statement : source.unit().getImports()) {
      used.add(packageOf(statement.getQualifiedIdentifier().toString()));
    }
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitImport(ImportTree statement, Void none) {
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree name, Void none) {
        String text = name.toString();
        if (text.matches("(io|org|com|it|ch)(\\.[a-z0-9_]+)+\\.[A-Z]\\w*"))
          used.add(packageOf(text));
        return super.visitMemberSelect(name, none);
      }
    }.scan(source.unit().getTypeDecls(), null);
    return used;
  }

  private static String packageOf(String name) {
    if (name.startsWith("org.HdrHistogram.")) return "org.HdrHistogram"; // the one with a capital
    return name.replaceFirst("\\.([A-Z]|\\*).*$", "");
  }

  @Test
  void clocksChanceAndOutputStandOnlyWhereTheyMay() {
    List<String> broken = new ArrayList<>();
    for (Source source : TREE.main()) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMemberSelect(MemberSelectTree name, Void none) {
          check(name.toString(), TREE.positions().getStartPosition(source.unit(), name));
          return super.visitMemberSelect(name, none);
        }

        @Override
        public Void visitNewClass(NewClassTree call, Void none) {
          check(
              "new " + call.getIdentifier(),
              TREE.positions().getStartPosition(source.unit(), call));
          return super.visitNewClass(call, none);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
          if (call.getArguments().isEmpty()
              && call.getMethodSelect().toString().endsWith("getBytes")) {
            check("x.getBytes()", TREE.positions().getStartPosition(source.unit(), call));
          }
          return super.visitMethodInvocation(call, none);
        }

        private void check(String code, long position) {
          for (Ban ban : BANS) {
            if (ban.code.matcher(code).matches() && !ban.allowed.test(source)) {
              broken.add(
                  source.path() + ":" + source.line(position) + " " + code + ": " + ban.advice);
            }
          }
        }
      }.scan(source.unit(), null);
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPackageSaysWhyItExistsAndIsNullMarked() {
    Set<Path> folders = new TreeSet<>();
    Map<Path, String> notes = new TreeMap<>();
    for (Source source : TREE.main()) {
      folders.add(source.path().getParent());
      if (source.className().equals("package-info")) {
        notes.put(source.path().getParent(), source.text());
      }
    }
    List<String> broken = new ArrayList<>();
    for (Path folder : folders) {
      String note = notes.getOrDefault(folder, "");
      if (!note.contains("@NullMarked"))
        broken.add(folder + " needs a package-info with @NullMarked");
      if (!note.contains("May use:")) broken.add(folder + " does not say what it may use");
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() throws Exception {
    var words = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    assertThat(linesWith(words)).as("finish it, or say in an issue what is missing").isEmpty();
  }

  @Test
  void noPathOfAnybodysMachineStandsInTheRepository() throws Exception {
    var paths = Pattern.compile("(?<![\\w.~}])/(wo" + "rk|fa" + "rm|ro" + "ot|ho" + "me)/\\w");
    assertThat(linesWith(paths)).as("name it relative to the repository").isEmpty();
  }

  /** Lines of all text files of the repository, without what the build and trials write. */
  private static List<String> linesWith(Pattern pattern) throws Exception {
    List<String> found = new ArrayList<>();
    Path root = SourceTree.root();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (name.matches("(.*/)?(target|\\.git|data|results)/.*|\\.git")) continue;
        if (!name.matches(".*\\.(java|md|xml|sh|yml|options|conf|json|txt)|bin/.*|\\.ci/.*"))
          continue;
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int number = 0;
        for (String line : text.split("\n", -1)) {
          number++;
          if (pattern.matcher(line).find()) found.add(name + ":" + number + " " + line.strip());
        }
      }
    }
    return found;
  }

  @Test
  void filesStayShorterThanFiveHundredLines() {
    List<String> broken = new ArrayList<>();
    for (Source source : TREE.main()) {
      long lines = source.text().lines().count();
      if (lines > 500) {
        broken.add(source.path() + " has " + lines + " lines: which duty can stand on its own?");
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void methodsStayShorterThanSeventyLines() {
    List<String> broken = new ArrayList<>();
    for (Source source : TREE.main()) {
      new TreeScanner<Void, String>() {
        @Override
        public Void visitClass(ClassTree type, String outer) {
          return super.visitClass(type, type.getSimpleName().toString());
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
          var unit = source.unit();
          if (method.getBody() != null && TREE.positions().getEndPosition(unit, method) > 0) {
            long lines =
                source.line(TREE.positions().getEndPosition(unit, method))
                    - source.line(TREE.positions().getStartPosition(unit, method.getBody()))
                    + 1;
            String name = type + "." + method.getName();
            boolean table = type.endsWith("Commands") && method.getName().contentEquals("table");
            if (!table && lines > 70) {
              broken.add(source.path() + " " + name + " has " + lines + " lines: name its steps");
            }
          }
          return super.visitMethod(method, type);
        }
      }.scan(source.unit(), "");
    }
    assertThat(broken).isEmpty();
  }
}
