package io.hashslot.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import io.hashslot.house.SourceTree.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What has made tests fail by chance, or because a machine was busy, is not written again. Each
 * rule says what to do instead.
 */
class SteadyTestsTest {
  private static final SourceTree TREE = SourceTree.read();

  /** Who sleeps, and why no condition can be waited for in its place. */
  private static final Map<String, String> SLEEPERS =
      Map.of(
          "AofKillIT", "the seed decides when a server is killed",
          "NodesFileCrashIT", "the seed decides when a writer is killed",
          "SlotMigrationIT", "the seed decides when a side is killed",
          "ChaosIT", "the seed decides how long a fault lasts",
          "LastWillIT", "it sleeps until it is killed",
          "CutOffPrimaryIT", "the pace of a writer",
          "WritableReplicaIT", "the pace of a writer",
          "Counters", "the pace of a writer that is refused",
          "KeyspaceConcurrencyTest", "the pace of expiry",
          "LoopStallWatchdog", "the pace of a watchdog");

  private record Rule(Pattern call, String advice) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              calls(
                  "([\\w.]+\\.)?(Thread|TimeUnit\\.\\w+)\\.sleep\\(.*|LockSupport\\.park\\w*\\(.+"),
              "wait for a condition, with a bound; or say in SLEEPERS why that cannot be"),
          new Rule(
              calls(".*CompletableFuture\\.(supply|run)Async\\(.*|.*\\.parallel(Stream)?\\(\\)"),
              "the common pool may have one thread: use an executor of your own"),
          new Rule(
              calls(
                  ".*\\.atMost\\((java\\.time\\.)?Duration\\.of(Millis|Nanos|Seconds\\([12]?\\d\\)).*"),
              "a busy machine needs longer: Patience.LIMIT"),
          new Rule(
              calls(".*[pP]rocess\\.(getOutputStream|outputWriter)\\(.*"),
              "a program may end before it has read all: give it a file, by redirectInput"),
          new Rule(
              calls("new ([\\w.]+\\.)?Jedis\\(\"[^,]*, [^,]*\\)"),
              "Jedis waits for two seconds if it is not told otherwise: say 60_000"),
          new Rule(
              calls(
                  "new ([\\w.]+\\.)?(ServerSocket|RawClient|Socket)\\((\"[^,]*, )?[1-9]\\d+\\b.*"),
              "a port that somebody else may have: take one from Ports"));

  private static Pattern calls(String regex) {
    return Pattern.compile(regex, Pattern.DOTALL);
  }

  @Test
  void whatMadeTestsFailByChanceIsNotThere() {
    Set<String> broken = new TreeSet<>();
    Set<String> sleepers = new TreeSet<>();
    for (Source source : TREE.all()) {
      if (!source.isTest() || source.className().equals("SteadyTestsTest")) continue;
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
          check(call, call.getMethodSelect() + arguments(call.getArguments()));
          return super.visitMethodInvocation(call, none);
        }

        @Override
        public Void visitNewClass(NewClassTree call, Void none) {
          check(call, "new " + call.getIdentifier() + arguments(call.getArguments()));
          return super.visitNewClass(call, none);
        }

        private void check(Tree at, String code) {
          for (Rule rule : RULES) {
            if (!rule.call.matcher(code).matches()) continue;
            if (rule == RULES.getFirst() && SLEEPERS.containsKey(source.className())) {
              sleepers.add(source.className());
              continue;
            }
            long line = source.line(TREE.positions().getStartPosition(source.unit(), at));
            broken.add(source.path() + ":" + line + ": " + rule.advice);
          }
        }
      }.scan(source.unit(), null);
    }
    assertThat(broken).isEmpty();
    assertThat(sleepers).as("who still sleeps").isEqualTo(new TreeSet<>(SLEEPERS.keySet()));
  }

  /** On one line, so that a pattern sees all of it. */
  private static String arguments(List<? extends ExpressionTree> all) {
    List<String> words = all.stream().map(each -> each.toString().replaceAll("\\s+", " ")).toList();
    return "(" + String.join(", ", words) + ")";
  }
}
