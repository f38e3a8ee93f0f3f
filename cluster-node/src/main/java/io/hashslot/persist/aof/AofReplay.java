package io.hashslot.persist.aof;

import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.CommandTable;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.Replay;
import io.hashslot.function.FunctionReplay;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.snapshot.LoadingProgress;
import io.hashslot.resp.Request;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the commands of files, on all cores.
 *
 * <h2>Order</h2>
 *
 * One thread reads, and hands each command to the lane that its shard belongs to. What counts is
 * the order for each key; commands of different shards cannot tell who was first. A command that
 * touches shards of several lanes, or none that can be told, waits until all lanes are idle and is
 * executed by the reader. It then goes on like that for a while, for such commands rarely come
 * alone and waiting is dear; so a file full of them is loaded by one core instead of by none.
 *
 * <h2>Transactions</h2>
 *
 * Their commands are kept back until EXEC has been read: a file may end before it. Nobody can look
 * at the data meanwhile, so they need not be executed in one step.
 *
 * <p>For one thread.
 */
final class AofReplay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AofReplay.class);

  private static final long DATA = CommandFlag.WRITE.bit() | CommandFlag.READONLY.bit();
  private static final int TRANSACTION_BYTES = 16 * 1024;

  /** How long the reader goes on alone after a command that only it can execute. */
  private static final int ALONE_FOR = 256;

  /** How many commands the reader executes before it lets others into the shards. */
  private static final int MOST_IN_ONE_STAY = 1024;

  /** How often whoever waits hears how far we are, in bytes. */
  private static final long REPORT_BYTES = 256 * 1024;

  /** What a file has come to. */
  enum Result {
    /** Everything was executed. */
    COMPLETE,
    /** The file ends within a command or a transaction; what is before it was executed. */
    CUT_OFF
  }

  private final Replay replay;
  private final CommandTable table;
  private final Shards shards;
  private final int databases;
  private final FunctionReplay functions;
  private final ReplayLane[] lanes;
  private final ReplayErrors errors = new ReplayErrors();
  private final CommandBatch transaction = new CommandBatch(TRANSACTION_BYTES);

  private int database;
  private boolean inTransaction;
  private long commands;

  /** Commands that the reader will still execute itself; 0 if the lanes do. */
  private int alone;

  /** Commands that the reader has executed since it entered all shards; -1 if it has not. */
  private int inStay = -1;

  /**
   * @param silent surroundings of replays
   * @param threads how many lanes to have, at most
   */
  AofReplay(Environment silent, int threads) {
    replay = new Replay(silent);
    table = silent.table();
    shards = silent.keyspace().shards();
    databases = silent.keyspace().databases();
    functions = new FunctionReplay(silent.keyspace().functions());
    int count = Math.clamp(threads, 1, shards.count());
    lanes = new ReplayLane[count];
    for (int i = 0; i < count; i++) {
      long its = 0;
      for (int shard = i; shard < shards.count(); shard += count) {
        its |= 1L << shard;
      }
      lanes[i] = new ReplayLane(silent, its, i, errors);
    }
  }

  /** How far a file was executed: {@code end} is where the last complete command ends. */
  record Played(Result result, long end) {}

  /**
   * Executes a file's commands. The first ones are in database 0.
   *
   * @param name for messages
   * @param progress hears how far the file has been read; what it throws ends it all
   * @throws AofException if there is something that is no command, or one that is not known
   */
  Played play(String name, CommandScanner in, LoadingProgress progress)
      throws IOException, InterruptedException {
    database = 0;
    long complete = in.endOffset();
    long reported = complete;
    CommandScanner.Found found;
    try {
      while ((found = in.next()) == CommandScanner.Found.COMMAND) {
        command(name, in);
        progress.keyRead(in.endOffset());
        if (!inTransaction) {
          complete = in.endOffset();
          if (complete - reported > REPORT_BYTES) {
            reported = complete;
            progress.advancedTo(complete);
          }
        }
      }
      if (!inTransaction) {
        complete = in.startOffset();
      }
      for (ReplayLane lane : lanes) {
        lane.await();
      }
    } catch (BadFormatException problem) {
      throw badFormat(name, problem.offset());
    } finally {
      leave();
    }
    boolean cut = found == CommandScanner.Found.CUT_OFF || inTransaction;
    if (inTransaction) {
      LOG.warn("The append-only file {} ends within a transaction", name);
      inTransaction = false;
      transaction.clear();
    }
    progress.advancedTo(complete);
    return new Played(cut ? Result.CUT_OFF : Result.COMPLETE, complete);
  }

  /** Returns how many commands were executed, SELECT, MULTI and EXEC apart. */
  long commands() {
    return commands;
  }

  /** Returns how many commands gave an error. */
  long errors() {
    return errors.count();
  }

  private void command(String name, CommandScanner in) throws IOException, InterruptedException {
    Request request = in.request();
    CommandSpec row = table.find(request);
    if (FunctionReplay.concerns(request)) {
      failed("function", functions.execute(request));
      return;
    }
    if (row == null || row.body() == null) {
      throw new AofException(
          "Unknown command '%s' reading the append only file %s at offset %d"
              .formatted(printable(request), name, in.startOffset()));
    }
    if (!row.arityAllows(request.count())) {
      throw badFormat(name, in.startOffset());
    }
    if (!row.hasAny(DATA)) {
      state(row, request);
      return;
    }
    if (inTransaction) {
      transaction.add(row.index(), database, request, in.rawAddress(), in.rawLength());
      return;
    }
    ReplayLane lane = laneFor(row, database, request);
    if (lane == null) {
      executeAlone(row, database, request);
    } else {
      lane.batch().add(row.index(), database, request, in.rawAddress(), in.rawLength());
      lane.added();
    }
  }

  /** A command that is none on data: it may change how the others are meant. */
  private void state(CommandSpec row, Request request) throws InterruptedException {
    switch (row.name()) {
      case "select" -> select(row, request);
      case "multi" -> {
        if (inTransaction) {
          failed(row.name(), "ERR MULTI calls can not be nested");
        }
        inTransaction = true;
      }
      case "exec" -> {
        if (!inTransaction) {
          failed(row.name(), "ERR EXEC without MULTI");
        }
        executeTransaction();
      }
      case "ping", "publish", "spublish", "replconf" -> {} // for replicas
      default -> failed(row.name(), "ERR only commands on data are replayed");
    }
  }

  private void failed(String command, @Nullable String error) {
    if (error != null) {
      errors.add(command, error);
    }
  }

  private void select(CommandSpec row, Request request) {
    try {
      int index = Integer.parseInt(request.text(1));
      if (index >= 0 && index < databases) {
        database = index;
        return;
      }
    } catch (NumberFormatException _) {
      // said below
    }
    failed(row.name(), "ERR DB index is out of range");
  }

  private void executeTransaction() throws InterruptedException {
    inTransaction = false;
    while (transaction.next()) {
      CommandSpec row = table.all().get(transaction.row());
      ReplayLane lane = laneFor(row, transaction.database(), transaction.request());
      if (lane == null) {
        executeAlone(row, transaction.database(), transaction.request());
      } else {
        lane.batch().add(transaction);
        lane.added();
      }
    }
    transaction.clear();
  }

  /** Returns who executes a command; null if we have to do it. */
  private @Nullable ReplayLane laneFor(CommandSpec row, int db, Request request) {
    commands++;
    if (alone > 0) {
      return null;
    }
    long mask = replay.shardsOf(row, db, request);
    if (mask == 0) {
      return null;
    }
    ReplayLane lane = lanes[Long.numberOfTrailingZeros(mask) % lanes.length];
    return lane.covers(mask) ? lane : null;
  }

  private void executeAlone(CommandSpec row, int db, Request request) throws InterruptedException {
    if (alone == 0) {
      for (ReplayLane lane : lanes) {
        lane.await();
      }
    }
    if (inStay < 0) {
      shards.enterSlow(shards.all());
      replay.entered();
      inStay = 0;
    }
    long mask = replay.shardsOf(row, db, request);
    failed(row.name(), replay.execute(row, db, request, shards.all()));
    // One shard: a lane could have done it.
    alone = Long.bitCount(mask) == 1 ? Math.max(0, alone - 1) : ALONE_FOR;
    if (alone == 0 || ++inStay == MOST_IN_ONE_STAY) {
      leave();
    }
  }

  private void leave() {
    if (inStay >= 0) {
      inStay = -1;
      shards.leave(shards.all());
    }
  }

  private static AofException badFormat(String name, long offset) {
    return new AofException(
        ("Bad file format reading the append only file %s at offset %d: make a backup of your AOF"
                + " file, then use cluster-check-aof --fix <filename.manifest>")
            .formatted(name, offset));
  }

  private static String printable(Request request) {
    String text = request.text(0);
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < Math.min(128, text.length()); i++) {
      char c = text.charAt(i);
      printable.append(c >= ' ' && c < 127 ? c : '.');
    }
    return printable.toString();
  }

  @Override
  public void close() {
    leave();
    for (ReplayLane lane : lanes) {
      lane.close();
    }
    transaction.release();
    replay.close();
  }
}
