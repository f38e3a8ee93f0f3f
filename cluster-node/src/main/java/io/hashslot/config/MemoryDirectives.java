package io.hashslot.config;

import static io.hashslot.config.Row.INT;
import static io.hashslot.config.Row.LONG;

/** How much memory the data may take and what happens at the limit. */
public final class MemoryDirectives {
  static final Row.Group ROWS = new Row.Group("Memory");

  /** Bytes of data; 0 for no limit. */
  public static final Quantity MAXMEMORY =
      ROWS.row("maxmemory")
          .remark(
              "Counts the data, which lives outside the Java heap; the heap has a fixed size of its"
                  + " own.")
          .memory(0, 0, LONG);

  /** Which keys make room. */
  public static final Choice<Choices.MaxmemoryPolicy> MAXMEMORY_POLICY =
      ROWS.row("maxmemory-policy").choice(Choices.MaxmemoryPolicy.NOEVICTION);

  /** How many keys are looked at to find one to evict. */
  public static final Quantity MAXMEMORY_SAMPLES = ROWS.row("maxmemory-samples").number(5, 1, 64);

  /** How hard a command works at evicting, 0 to 100. */
  public static final Quantity MAXMEMORY_EVICTION_TENACITY =
      ROWS.row("maxmemory-eviction-tenacity").number(10, 0, 100);

  /** How slowly the use counter of a key grows. */
  public static final Quantity LFU_LOG_FACTOR = ROWS.row("lfu-log-factor").number(10, 0, INT);

  /** Minutes after which the use counter of a key shrinks by one. */
  public static final Quantity LFU_DECAY_TIME = ROWS.row("lfu-decay-time").number(1, 0, INT);

  /** How hard expired keys are searched for, 1 to 10. */
  public static final Quantity ACTIVE_EXPIRE_EFFORT =
      ROWS.row("active-expire-effort").number(1, 1, 10);

  /** Whether evicted keys are passed on to replicas as UNLINK rather than DEL. */
  public static final Toggle LAZYFREE_LAZY_EVICTION =
      ROWS.row("lazyfree-lazy-eviction")
          .remark(
              "Memory is freed at once, or in slices if it is much, either way; this decides what"
                  + " replicas are told.")
          .toggle(true);

  /** How often a second chores are done. */
  public static final Quantity HZ = ROWS.row("hz").clamp(1, 500).number(10, 0, INT);

  private MemoryDirectives() {}
}
