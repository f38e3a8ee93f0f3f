package io.hashslot.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests of many clients on few keys: mostly of one type, with transactions, clients that wait
 * for keys, and keys whose time is up soon.
 */
final class StressStreams {
  private static final int LONGEST_BATCH = 12;

  /** One bad request spoils all of a transaction. */
  private static final int LONGEST_TRANSACTION = 4;

  /** Makes one string so long that copies of it would take all the time. */
  private static final String FAR_AWAY = "536870912";

  /** Takes the product of the lengths of two strings, which grow here. */
  private static final String SLOW = "LCS ";

  /**
   * The C servers (seen with Redis 7.0.15 and Valkey 8.0.1) refuse to SORT numbers if a conversion
   * long before has left ERANGE in errno, and so lose a SORT with STORE that their primary has
   * sent. A number that is added clears it; in the same transaction no other can come in between.
   */
  private static final Step FRESH_ERRNO = new Step("ZINCRBY", "errno", "1", "m");

  private static final List<Shape> FLEETING =
      shapes(
          "PEXPIRE $key [1|5|20]",
          "PEXPIRE $key [1|5|20]",
          "SET $key $value PX [1|5|20]",
          "GETEX $key PX [1|5|20]",
          "BLPOP $key $key 0.02",
          "BRPOP $key 0.02",
          "BLMOVE $key $key LEFT RIGHT 0.02",
          "BLMPOP 0.02 3 $key $key $key LEFT COUNT 2",
          "BZPOPMIN $key $key 0.02",
          "BZPOPMAX $key 0.02",
          "BZMPOP 0.02 2 $key $key MIN COUNT 2",
          "XREAD BLOCK 20 STREAMS $key 8-0",
          "XREADGROUP GROUP g [c|d|e] BLOCK 20 COUNT 2 STREAMS $key >",
          "XREADGROUP GROUP g [c|d|e] STREAMS $key >",
          "XADD $key MAXLEN 9 * f $value",
          "XGROUP CREATE $key g 0 MKSTREAM",
          "RPUSH $key $value...",
          "LPUSH $key $value...",
          "ZADD $key $score $member $score $member",
          "SUNIONSTORE $key $key $key",
          "SDIFFSTORE $key $key $key",
          "ZUNIONSTORE $key 2 $key $key",
          "SORT $key ALPHA STORE $key",
          "RENAME $key $key",
          "COPY $key $key REPLACE",
          "SMOVE $key $key $member",
          "MOVE $key [1|0]",
          "SELECT [0|1]");

  private final Random random;
  private final Streams type;

  StressStreams(Streams type, Random random) {
    this.type = type;
    this.random = random;
  }

  private static List<Shape> shapes(String... templates) {
    return List.of(templates).stream().map(Shape::new).toList();
  }

  /** What one client sends at once. */
  List<Step> batch() {
    List<Step> batch = new ArrayList<>();
    boolean transaction = random.nextInt(4) == 0;
    if (transaction) {
      batch.add(new Step("MULTI"));
    }
    int steps = 1 + random.nextInt(transaction ? LONGEST_TRANSACTION : LONGEST_BATCH);
    for (int i = 0; i < steps; i++) {
      Step step = step();
      if (isSortOfNumbers(step)) {
        sort(step, transaction, batch);
      } else if (!step.words().contains(FAR_AWAY)) {
        batch.add(step);
      }
    }
    if (transaction) {
      batch.add(new Step("EXEC"));
    }
    return batch;
  }

  private static boolean isSortOfNumbers(Step step) {
    return step.words().getFirst().equals("SORT") && step.words().contains("STORE");
  }

  private static void sort(Step step, boolean transaction, List<Step> batch) {
    if (!transaction) {
      batch.add(new Step("MULTI"));
    }
    batch.add(FRESH_ERRNO);
    batch.add(step);
    if (!transaction) {
      batch.add(new Step("EXEC"));
    }
  }

  private Step step() {
    int kind = random.nextInt(200);
    List<Shape> shapes =
        kind == 0
            ? new DatabaseStreams().shapes()
            : kind < 6
                ? new TransactionsStreams().shapes()
                : kind < 40 ? new GenericStreams().shapes() : kind < 80 ? FLEETING : type.shapes();
    Shape shape = one(shapes);
    return shape.template().startsWith(SLOW) ? new Step("PING") : shape.step(random);
  }

  private <T> T one(List<T> several) {
    return several.get(random.nextInt(several.size()));
  }
}
