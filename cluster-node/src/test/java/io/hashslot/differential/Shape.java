package io.hashslot.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The shape of a request: literal words, {@code $pool} for a word out of a pool, {@code [a|b c]}
 * for one of several runs of words or none, {@code $pool...} for one to four words.
 *
 * @param template such as {@code SET $key $value [NX|XX] [EX $seconds|KEEPTTL]}
 * @param normal how replies are compared
 */
record Shape(String template, Normal normal) {
  /** What DUMP gives for the string {@code hello}, in version 10 of the format. */
  private static final String HELLO = "\0\5hello\n\0cr\u00dfve4 \n";

  /** What {@code $pool...} stands for at most. */
  private static final int MOST_WORDS = 4;

  private static final Map<String, List<String>> POOLS =
      Map.ofEntries(
          pool(
              "key",
              "a",
              "b",
              "c",
              "{a}1",
              "{a}2",
              "",
              "key with\r\nlines\0",
              "longer:key:0123456789"),
          pool("unsorted", "{a}u", "u"),
          pool(
              "sortable",
              "",
              "0",
              "1",
              "-1",
              "10",
              "007",
              "+5",
              " 5",
              "3.5",
              "-0",
              "1e3",
              "abc",
              "ABC",
              "abcd",
              "9223372036854775807",
              "0x1p3",
              "-inf",
              "nan"),
          pool(
              "value",
              "",
              "0",
              "1",
              "-1",
              "10",
              "007",
              "+5",
              " 5",
              "3.5",
              "-0",
              "1e3",
              "abc",
              "ABCABD",
              "abcabd",
              "9223372036854775807",
              "-9223372036854775808",
              "9223372036854775808",
              "x".repeat(44),
              "y".repeat(45),
              "\0\r\n\u00ff",
              "ab".repeat(3000)),
          pool(
              "member",
              "a",
              "b",
              "c",
              "abcdef",
              "1",
              "2",
              "3",
              "4",
              "5",
              "-1",
              "01",
              "100000",
              "5000000000",
              "9223372036854775807",
              "",
              "x".repeat(20),
              "y".repeat(21),
              "\0\r\n\u00ff"),
          pool(
              "score",
              "0",
              "1",
              "2",
              "3",
              "-1",
              "1.5",
              "0.1",
              "-0",
              "1e-7",
              "1e300",
              "1e17",
              "3.0",
              "+5",
              "0x10",
              "inf",
              "-inf",
              "+Infinity",
              "nan",
              "x",
              "",
              "1e400"),
          pool(
              "bound", "0", "1", "(1", "2", "(2", "5", "-inf", "(-inf", "+inf", "(inf", "1.5", "x",
              "", "(", "((1", "nan", " 1", "1 ", "1e400"),
          pool(
              "longitude",
              "13.361389",
              "15.087269",
              "12.758489",
              "17.241510",
              "0",
              "180",
              "-180",
              "-179.9",
              "179.9",
              "2.349014",
              "15",
              "181",
              "x"),
          pool(
              "latitude",
              "38.115556",
              "37.502669",
              "38.788135",
              "0",
              "85.05112878",
              "-85.05112878",
              "66.5",
              "-81",
              "48.864716",
              "37",
              "86",
              "x"),
          pool("length", "0", "1", "100", "200.5", "1000", "20000", "1e6", "-1", "x", "0.001"),
          pool("unit", "m", "km", "KM", "ft", "mi", "km", "parsec"),
          pool("offset", "0", "1", "2", "100", "x"),
          pool(
              "lexical", "-", "+", "-", "+", "[a", "(a", "[b", "(b", "[x", "(1", "[", "(", "x", "",
              "--", "+1"),
          pool(
              "entry",
              "1-1",
              "1-*",
              "2",
              "2-*",
              "3-*",
              "4-5",
              "5-*",
              "6-*",
              "7",
              "8-*",
              "9-*",
              "18446744073709551615-*",
              "0-0",
              "0-*",
              "5-x",
              "-",
              "1-+1"),
          pool(
              "id",
              "0",
              "0-0",
              "1",
              "1-1",
              "2",
              "2-0",
              "3-0",
              "4-5",
              "5-0",
              "7",
              "9-0",
              "-",
              "+",
              "(1",
              "(2-0",
              "(0-0",
              "(18446744073709551615-18446744073709551615",
              "$",
              ">",
              "x",
              "",
              "007",
              " 3",
              "1-2-3",
              "18446744073709551615-18446744073709551615"),
          pool("group", "g", "g", "g", "h", "x"),
          pool("consumer", "c", "c", "d", ""),
          pool(
              "trim", "MAXLEN", "MINID", "maxlen", "~", "=", "LIMIT", "0", "1", "2", "5", "-1",
              "x"),
          pool(
              "sketch",
              "HYLL\1\0\0\0\0\0\0\0\0\0\0\200\177\377",
              "HYLL\1\0\0\0\0\0\0\0\0\0\0\200\177\376",
              "HYLL\1\0\0\0\7\0\0\0\0\0\0\0\177\374\217",
              "HYLL\1\0\0\0\0\0\0\0\0\0\0\200",
              "HYLL\0\0\0\0\0\0\0\0\0\0\0\200\177\377",
              "HYLL\2\0\0\0\0\0\0\0\0\0\0\200\177\377",
              "HYLL\1"),
          pool(
              "integer",
              "0",
              "1",
              "-1",
              "2",
              "5",
              "-3",
              "100",
              "9223372036854775807",
              "-9223372036854775808",
              "x",
              "1.5",
              ""),
          pool(
              "place",
              "0",
              "1",
              "2",
              "-1",
              "-2",
              "-100",
              "100",
              "5000",
              "9223372036854775807",
              "-9223372036854775808",
              "536870912",
              "no"),
          // Without the smallest number: in long lists it overruns the C servers' arithmetic.
          pool(
              "index",
              "0",
              "1",
              "2",
              "-1",
              "-2",
              "-100",
              "100",
              "5000",
              "9223372036854775807",
              "no"),
          pool(
              "bit",
              "0",
              "1",
              "3",
              "7",
              "8",
              "100",
              "5000",
              "#0",
              "#2",
              "#-1",
              "-1",
              "536870912",
              ""),
          pool(
              "field", "u1", "i1", "u8", "i8", "u13", "i13", "u63", "i64", "i63", "u64", "i65",
              "u0", "x8", "i", "I8"),
          pool("rule", "WRAP", "SAT", "FAIL", "sat", "x"),
          pool(
              "float",
              "0",
              "1",
              "0.1",
              "-0.1",
              "3.0e3",
              "1e-20",
              "1.5",
              "0x1p3",
              ".5",
              "5.",
              "inf",
              "-inf",
              "nan",
              "x",
              " 1",
              "1 ",
              "1e4932",
              "123456789012345678",
              "0.00000000000000001",
              "1e400",
              "-1e17",
              "99999999999999999.99"),
          pool(
              "seconds",
              "100000",
              "200000",
              "500000",
              "0",
              "-1",
              "no",
              "9223372036854775807",
              "9223372036854775"),
          pool("millis", "100000000", "200000000", "0", "-5", "no", "9223372036854775807"),
          pool("ttl", "100000000", "200000000", "0", "-5", "no"),
          pool(
              "atSeconds", "4102400000", "4102500000", "1", "0", "-1", "no", "9223372036854775807"),
          pool("atMillis", "4102400000000", "4102500000000", "1", "0", "-1", "no"),
          pool(
              "glob", "*", "a*", "?", "[ab]", "[^a]", "{a}*", "[a-b]", "\\a", "*key*", "", "[",
              "[a", "a\\", "**", "*0*9"),
          pool("type", "string", "STRING", "list", "hash", "stream", "nothing"),
          pool("database", "0", "1", "2", "15", "16", "-1", "no", "99999999999"),
          pool("payload", HELLO, HELLO, HELLO, HELLO.replace('h', 'j'), "", "\0"),
          pool("junk", "", "NX", "GET", "x", "1", "*", "\r\n", "KEEPTTL", "-1", "HELP"));

  Shape(String template) {
    this(template, Normal.EXACT);
  }

  private static Map.Entry<String, List<String>> pool(String name, String... words) {
    return Map.entry(name, List.of(words));
  }

  /** The command's name; of a subcommand as {@code PARENT|CHILD}. */
  String command(java.util.function.Predicate<String> isContainer) {
    String[] words = template.split(" ");
    return isContainer.test(words[0]) && words.length > 1 ? words[0] + "|" + words[1] : words[0];
  }

  /** Requests of this shape, for properties: a failing one is made simpler. */
  Arbitrary<Step> steps() {
    return words(template).map(words -> new Step(words, normal));
  }

  /** One request of this shape, for runs too long to be repeated. */
  Step step(Random random) {
    List<String> words = new ArrayList<>();
    pick(template, random, words);
    return new Step(words, normal);
  }

  private static Arbitrary<List<String>> words(String text) {
    List<Arbitrary<List<String>>> parts = parts(text).stream().map(Shape::part).toList();
    return Combinators.combine(parts).as(lists -> lists.stream().flatMap(List::stream).toList());
  }

  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '[' ? text.indexOf(']', at) + 1 : text.indexOf(' ', at);
      end = end < 0 ? text.length() : end;
      parts.add(text.substring(at, end));
      at = end + 1;
    }
    return parts;
  }

  private static Arbitrary<List<String>> part(String part) {
    if (part.startsWith("[")) {
      List<Arbitrary<List<String>>> choices = new ArrayList<>();
      choices.add(Arbitraries.just(List.of()));
      for (String choice : choices(part)) {
        choices.add(words(choice));
      }
      return Arbitraries.oneOf(choices);
    }
    if (!part.startsWith("$")) {
      return Arbitraries.just(List.of(part));
    }
    Arbitrary<String> pool = Arbitraries.of(poolOf(part));
    return part.endsWith("...")
        ? pool.list().ofMinSize(1).ofMaxSize(MOST_WORDS)
        : pool.map(List::of);
  }

  private static void pick(String text, Random random, List<String> words) {
    for (String part : parts(text)) {
      if (part.startsWith("[")) {
        String[] choices = choices(part);
        int choice = random.nextInt(choices.length + 1);
        if (choice < choices.length) {
          pick(choices[choice], random, words);
        }
      } else if (part.startsWith("$")) {
        List<String> pool = poolOf(part);
        int several = part.endsWith("...") ? 1 + random.nextInt(MOST_WORDS) : 1;
        for (int i = 0; i < several; i++) {
          words.add(pool.get(random.nextInt(pool.size())));
        }
      } else {
        words.add(part);
      }
    }
  }

  private static String[] choices(String part) {
    return part.substring(1, part.length() - 1).split("\\|");
  }

  private static List<String> poolOf(String part) {
    String name = part.endsWith("...") ? part.substring(1, part.length() - 3) : part.substring(1);
    List<String> pool = POOLS.get(name);
    if (pool == null) {
      throw new IllegalArgumentException("there is no pool " + name);
    }
    return pool;
  }
}
