package io.hashslot.bench.load;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.agrona.UnsafeApi;

/**
 * One io_uring, driven by hand.
 *
 * <p>Two rings in memory shared with the kernel. We put submission entries (64 bytes) at the tail
 * of the first and publish the tail with a release store; {@code io_uring_enter} makes the kernel
 * take them, and at the same time waits for completions; it puts those (16 bytes) at the tail of
 * the second, which we read with an acquire load and hand back by storing our head. One system call
 * thus submits and reaps whatever fifty connections have to do: that is what makes a generator
 * cheaper than the server it drives. Offsets and constants: {@code linux/io_uring.h}, stable kernel
 * ABI.
 *
 * <p>Used by the thread that makes it only (SINGLE_ISSUER).
 */
final class Uring implements AutoCloseable {

  /** Operation codes: send and receive on a socket. */
  static final int OP_SEND = 26;

  static final int OP_RECV = 27;

  /**
   * In the priority field of a receive: wait for readiness first, since nothing will be there yet.
   */
  static final int RECV_POLL_FIRST = 1;

  private static final int SYS_SETUP = 425;
  private static final int SYS_ENTER = 426;

  private static final int SETUP_CQSIZE = 1 << 3;
  private static final int SETUP_SUBMIT_ALL = 1 << 7;
  private static final int SETUP_SINGLE_ISSUER = 1 << 12;
  private static final int SETUP_DEFER_TASKRUN = 1 << 13;
  private static final int FEATURE_SINGLE_MMAP = 1;

  private static final int ENTER_GETEVENTS = 1;
  private static final int ENTER_EXT_ARG = 1 << 3;

  private static final long OFFSET_RINGS = 0;
  private static final long OFFSET_ENTRIES = 0x10000000L;

  private static final int ENTRY_BYTES = 64;
  private static final int COMPLETION_BYTES = 16;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED_POPULATE = 0x8001;

  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int EBUSY = 16;
  private static final int ETIME = 62;

  /** The system call numbers that differ between the two architectures. */
  private record Numbers(int mmap, int munmap, int close) {
    static Numbers ofThisMachine() {
      return switch (System.getProperty("os.arch")) {
        case "amd64" -> new Numbers(9, 11, 3);
        case "aarch64" -> new Numbers(222, 215, 57);
        default -> throw new LoadFailure("io_uring: unknown architecture");
      };
    }
  }

  private final Libc libc = new Libc();
  private final Numbers numbers = Numbers.ofThisMachine();
  private final Arena arena = Arena.ofConfined();
  private final int fd;

  private final long rings;
  private final long ringsBytes;
  private final long entries;
  private final long entriesBytes;

  private final long submissionHead;
  private final long submissionTail;
  private final int submissionMask;
  private final long completionHead;
  private final long completionTail;
  private final int completionMask;
  private final long completions;

  private final long waitArgument;
  private final long waitTime;

  private int tail;
  private int submitted;
  private int head;

  /**
   * Sets up a ring.
   *
   * @param size submission entries, a power of two; four times as many completions
   * @throws LoadFailure if the kernel has none, forbids it or lacks a feature
   */
  Uring(int size) {
    MemorySegment parameters = arena.allocate(120, 8);
    long at = parameters.address();
    UnsafeApi.putInt(at + 4, size * 4);
    UnsafeApi.putInt(
        at + 8, SETUP_CQSIZE | SETUP_SUBMIT_ALL | SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN);
    fd = (int) check("io_uring_setup", libc.call(SYS_SETUP, size, at, 0, 0, 0, 0));
    if ((UnsafeApi.getInt(at + 20) & FEATURE_SINGLE_MMAP) == 0) {
      throw new LoadFailure("io_uring: kernel too old");
    }
    int submissionEntries = UnsafeApi.getInt(at);
    int completionEntries = UnsafeApi.getInt(at + 4);
    long submissionOffsets = at + 40;
    long completionOffsets = at + 80;
    long array = Integer.toUnsignedLong(UnsafeApi.getInt(submissionOffsets + 24));
    long cqes = Integer.toUnsignedLong(UnsafeApi.getInt(completionOffsets + 20));
    ringsBytes =
        Math.max(
            array + 4L * submissionEntries, cqes + (long) COMPLETION_BYTES * completionEntries);
    rings = map(ringsBytes, OFFSET_RINGS);
    entriesBytes = (long) ENTRY_BYTES * submissionEntries;
    entries = map(entriesBytes, OFFSET_ENTRIES);

    submissionHead = rings + UnsafeApi.getInt(submissionOffsets);
    submissionTail = rings + UnsafeApi.getInt(submissionOffsets + 4);
    submissionMask = submissionEntries - 1;
    completionHead = rings + UnsafeApi.getInt(completionOffsets);
    completionTail = rings + UnsafeApi.getInt(completionOffsets + 4);
    completionMask = completionEntries - 1;
    completions = rings + cqes;
    // The indirection array maps ring places to entries: the identity, once and for all.
    for (int i = 0; i < submissionEntries; i++) {
      UnsafeApi.putInt(rings + array + 4L * i, i);
    }

    waitTime = arena.allocate(16, 8).address();
    waitArgument = arena.allocate(24, 8).address();
    UnsafeApi.putLong(waitArgument + 16, waitTime);
  }

  private long map(long bytes, long offset) {
    return check(
        "mmap",
        libc.call(numbers.mmap, 0, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, fd, offset));
  }

  private static long check(String what, long result) {
    if (result < 0 && result > -4096) {
      throw new LoadFailure(what + " failed with errno " + -result);
    }
    return result;
  }

  /**
   * Puts one operation into the submission ring; it starts at the next {@link #enter}.
   *
   * @param priority operation flags of the kernel's {@code ioprio} field
   * @param tag comes back with the completion
   */
  void submit(int operation, int priority, int socket, long address, int length, long tag) {
    if (tail - UnsafeApi.getIntAcquire(null, submissionHead) > submissionMask) {
      enter(0, 0);
    }
    long entry = entries + (long) ENTRY_BYTES * (tail & submissionMask);
    UnsafeApi.putLong(entry, (socket & 0xffffffffL) << 32 | (long) priority << 16 | operation);
    UnsafeApi.putLong(entry + 8, 0);
    UnsafeApi.putLong(entry + 16, address);
    UnsafeApi.putLong(entry + 24, length);
    UnsafeApi.putLong(entry + 32, tag);
    UnsafeApi.putLong(entry + 40, 0);
    UnsafeApi.putLong(entry + 48, 0);
    UnsafeApi.putLong(entry + 56, 0);
    tail++;
    UnsafeApi.putIntRelease(null, submissionTail, tail);
  }

  /**
   * Submits what was put, and waits until there are {@code wanted} completions or {@code timeoutNs}
   * are over.
   */
  void enter(int wanted, long timeoutNs) {
    UnsafeApi.putLong(waitTime, timeoutNs / 1_000_000_000L);
    UnsafeApi.putLong(waitTime + 8, timeoutNs % 1_000_000_000L);
    long result =
        libc.call(
            SYS_ENTER,
            fd,
            tail - submitted,
            wanted,
            ENTER_GETEVENTS | ENTER_EXT_ARG,
            waitArgument,
            24);
    // Submission is reported if anything was submitted, even when the wait after it was cut short.
    if (result >= 0) {
      submitted += (int) result;
    } else if (result != -ETIME && result != -EINTR && result != -EAGAIN && result != -EBUSY) {
      throw new LoadFailure("io_uring_enter failed with errno " + -result);
    }
  }

  /** Returns whether a completion is at hand: then {@link #tag} and {@link #result} tell of it. */
  boolean completed() {
    return head != UnsafeApi.getIntAcquire(null, completionTail);
  }

  /** Returns the tag of the completion at hand. */
  long tag() {
    return UnsafeApi.getLong(completion());
  }

  /** Returns the result of the completion at hand: bytes, or a negated {@code errno}. */
  int result() {
    return UnsafeApi.getInt(completion() + 8);
  }

  private long completion() {
    return completions + (long) COMPLETION_BYTES * (head & completionMask);
  }

  /** Gives the completion at hand back to the kernel. */
  void next() {
    head++;
    UnsafeApi.putIntRelease(null, completionHead, head);
  }

  @Override
  public void close() {
    libc.call(numbers.munmap, entries, entriesBytes, 0, 0, 0, 0);
    libc.call(numbers.munmap, rings, ringsBytes, 0, 0, 0, 0);
    libc.call(numbers.close, fd, 0, 0, 0, 0, 0);
    arena.close();
  }
}
