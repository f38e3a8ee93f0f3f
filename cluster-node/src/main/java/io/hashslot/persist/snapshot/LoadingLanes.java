package io.hashslot.persist.snapshot;

import io.hashslot.keyspace.Keyspace;
import io.hashslot.keyspace.Shards;
import io.hashslot.persist.rdb.RdbEntry;
import io.hashslot.persist.rdb.RecordBatch;
import io.hashslot.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The threads that build the entries of a snapshot while another one reads it. Each builds in
 * shards of its own, which it enters for one batch of records at a time: so they never wait for
 * each other, every key is seen by one of them only, and commands that are allowed while loading
 * get their turn between two batches.
 *
 * <p>There are a few batches for each lane, which go round: who reads faster than the lanes build
 * waits for one, so memory is bounded whatever the snapshot holds.
 *
 * <p>All methods belong to the reading thread.
 */
final class LoadingLanes implements AutoCloseable {
  private static final int BATCHES_PER_LANE = 4;
  private static final int MOST_LANES = 8;

  /** One thread with its shards. */
  private final class Lane {
    final EntryBuilder builder;
    final BlockingQueue<RecordBatch> todo = new LinkedBlockingQueue<>();
    final Thread thread;
    long shardsMask;
    @Nullable RecordBatch filling;

    Lane(EntryBuilder builder, int number) {
      this.builder = builder;
      thread = Thread.ofPlatform().name("loading-" + number).daemon().unstarted(this::work);
    }

    private void work() {
      try {
        for (RecordBatch batch = todo.take(); batch != end; batch = todo.take()) {
          if (failure.get() == null) {
            build(batch);
          }
          batch.clear();
          free.add(batch);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private void build(RecordBatch batch) {
      shards.enterSlow(shardsMask);
      try {
        builder.atThisMoment();
        batch.replay(builder);
      } catch (IOException | RuntimeException | Error problem) {
        failure.compareAndSet(null, problem);
      } finally {
        shards.leave(shardsMask);
      }
    }
  }

  private final Shards shards;
  private final List<Lane> lanes = new ArrayList<>();
  private final Lane[] laneOfShard;
  private final BlockingQueue<RecordBatch> free;

  /** Tells a lane that nothing more comes. */
  private final RecordBatch end = new RecordBatch();

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final EntryBuilder router;
  private boolean ended;

  /**
   * Starts the threads.
   *
   * @param processors how many there are; one of them is left to the reading thread
   */
  LoadingLanes(Keyspace keyspace, SnapshotLoader.Options options, Clock clock, int processors) {
    shards = keyspace.shards();
    int count = Math.clamp(processors - 1, 1, Math.min(MOST_LANES, shards.count()));
    laneOfShard = new Lane[shards.count()];
    for (int i = 0; i < count; i++) {
      lanes.add(new Lane(new EntryBuilder(keyspace, options, clock), i + 1));
    }
    for (int i = 0; i < laneOfShard.length; i++) {
      Lane lane = lanes.get(i % count);
      laneOfShard[i] = lane;
      lane.shardsMask |= 1L << i;
    }
    free = new ArrayBlockingQueue<>(count * BATCHES_PER_LANE);
    while (free.remainingCapacity() > 0) {
      free.add(new RecordBatch());
    }
    router = new EntryBuilder(keyspace, options, clock);
    lanes.forEach(lane -> lane.thread.start());
  }

  /** From here on entries are kept whose time has come. */
  void keepExpired() {
    lanes.forEach(lane -> lane.builder.keepExpired());
  }

  /**
   * The batch that an entry belongs into.
   *
   * @throws IOException if a lane has failed
   */
  RecordBatch batch(RdbEntry entry, int database) throws IOException {
    Lane lane =
        lanes.size() == 1
            ? lanes.getFirst()
            : laneOfShard[Long.numberOfTrailingZeros(router.shardOf(entry))];
    RecordBatch filling = lane.filling;
    if (filling != null && filling.full()) {
      lane.todo.add(filling);
      filling = null;
    }
    if (filling == null) {
      filling = next();
      lane.filling = filling;
    }
    filling.database(database);
    return filling;
  }

  private RecordBatch next() throws IOException {
    check();
    try {
      return free.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("loading was interrupted", interrupted);
    }
  }

  private void check() throws IOException {
    switch (failure.get()) {
      case null -> {}
      case IOException problem -> throw problem;
      case RuntimeException problem -> throw problem;
      case Error problem -> throw problem;
      case Throwable impossible -> throw new IllegalStateException(impossible);
    }
  }

  /**
   * Waits until all that was put into batches has been built.
   *
   * @throws IOException if a lane has failed
   */
  void finish() throws IOException {
    for (Lane lane : lanes) {
      RecordBatch last = lane.filling;
      if (last != null) {
        lane.todo.add(last);
        lane.filling = null;
      }
    }
    end();
    check();
  }

  private void end() {
    if (ended) {
      return;
    }
    ended = true;
    lanes.forEach(lane -> lane.todo.add(end));
    boolean interrupted = false;
    for (Lane lane : lanes) {
      while (lane.thread.isAlive()) {
        try {
          lane.thread.join();
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Entries made by the lanes; once they are finished. */
  long loaded() {
    return lanes.stream().mapToLong(lane -> lane.builder.loaded()).sum();
  }

  /** Entries left out because their time had come; once the lanes are finished. */
  long dropped() {
    return lanes.stream().mapToLong(lane -> lane.builder.dropped()).sum();
  }

  /** Ends the threads; what is still in batches is forgotten unless {@link #finish} was called. */
  @Override
  public void close() {
    failure.compareAndSet(null, new IOException("loading was given up"));
    end();
    free.forEach(RecordBatch::close);
    for (Lane lane : lanes) {
      if (lane.filling != null) {
        lane.filling.close();
      }
    }
    end.close();
  }
}
