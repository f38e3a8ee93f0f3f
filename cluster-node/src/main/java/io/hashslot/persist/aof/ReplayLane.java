package io.hashslot.persist.aof;

import io.hashslot.command.CommandSpec;
import io.hashslot.dispatch.Environment;
import io.hashslot.dispatch.Replay;
import io.hashslot.keyspace.LookAhead;
import io.hashslot.resp.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A thread that executes the commands of some shards, in their order. It is given batches and gives
 * them back empty, so that whoever reads is never more than a few batches ahead.
 */
final class ReplayLane implements AutoCloseable {
  private static final int BATCH_BYTES = 256 * 1024;
  private static final int BATCHES = 6;

  private final Replay replay;
  private final List<CommandSpec> rows;
  private final long shards;
  private final ReplayErrors errors;
  private final BlockingQueue<CommandBatch> full = new ArrayBlockingQueue<>(BATCHES + 1);
  private final BlockingQueue<CommandBatch> empty = new ArrayBlockingQueue<>(BATCHES + 1);

  /** In place of a batch: there are no more. */
  private final CommandBatch end = new CommandBatch(16);

  private final Thread thread;
  private CommandBatch filling;
  private int given;
  private volatile @Nullable Throwable failure;

  /**
   * @param silent surroundings of replays
   * @param shards of whose keys it executes commands, as a bit mask
   */
  ReplayLane(Environment silent, long shards, int number, ReplayErrors errors) {
    this.shards = shards;
    this.errors = errors;
    replay = new Replay(silent);
    rows = silent.table().all();
    for (int i = 0; i < BATCHES; i++) {
      empty.add(new CommandBatch(BATCH_BYTES));
    }
    filling = empty.remove();
    thread = Thread.ofPlatform().name("aof-replay-" + number).daemon().start(this::run);
  }

  /** Tells whether the lane is responsible for all of some shards. */
  boolean covers(long mask) {
    return (mask & ~shards) == 0;
  }

  /** Returns where to add the next command; {@link #added} follows. */
  CommandBatch batch() {
    return filling;
  }

  /** A command was added. */
  void added() throws InterruptedException {
    if (filling.bytes() >= BATCH_BYTES - BATCH_BYTES / 8) {
      give();
    }
  }

  /** Waits until everything that was added has been executed. */
  void await() throws InterruptedException {
    if (filling.commands() > 0) {
      give();
    }
    // All batches but the one being filled are back, so none is being executed.
    List<CommandBatch> back = new ArrayList<>();
    while (back.size() < BATCHES - 1) {
      back.add(empty.take());
    }
    empty.addAll(back);
    check();
  }

  private void give() throws InterruptedException {
    full.put(filling);
    filling = empty.take();
    check();
  }

  private void check() {
    Throwable problem = failure;
    if (problem != null) {
      throw new IllegalStateException("replaying the append-only file failed", problem);
    }
  }

  private void run() {
    try {
      CommandBatch batch;
      while ((batch = full.take()) != end) {
        try {
          if (failure == null) {
            execute(batch);
          }
        } catch (Throwable problem) {
          failure = problem;
        } finally {
          batch.clear();
          empty.add(batch);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the loading was given up
    }
  }

  private void execute(CommandBatch batch) {
    replay.shards().enterSlow(shards);
    try {
      replay.entered();
      while (true) {
        int upcoming = announce(batch);
        if (upcoming == 0) {
          return;
        }
        for (int i = 0; i < upcoming; i++) {
          batch.next();
          execute(batch.row(), batch.database(), batch.request());
        }
      }
    } finally {
      replay.shards().leave(shards);
    }
  }

  /** Brings the keys of the next commands into the cache; returns how many commands these are. */
  private int announce(CommandBatch batch) {
    boolean worthIt = replay.worthExpecting();
    long cursor = batch.cursor();
    int commands = 0;
    int database = -1;
    while (commands < LookAhead.KEYS && batch.next()) {
      if (database < 0) {
        database = batch.database();
      }
      int key = rows.get(batch.row()).singleKey();
      if (worthIt && key > 0 && batch.database() == database) {
        replay.expect(batch.request(), key);
      }
      commands++;
    }
    batch.goTo(cursor);
    if (worthIt && commands > 0) {
      replay.fetch(shards, database);
    }
    return commands;
  }

  private void execute(int row, int database, Request request) {
    CommandSpec command = rows.get(row);
    String error = replay.execute(command, database, request, shards);
    if (error != null) {
      errors.add(command.name(), error);
    }
  }

  /** Ends the thread, after what it was given before or at once, and gives the memory back. */
  @Override
  public void close() {
    boolean interrupted = false;
    full.offer(end);
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    replay.close();
    full.forEach(CommandBatch::release);
    empty.forEach(CommandBatch::release);
    filling.release();
    end.release();
  }
}
