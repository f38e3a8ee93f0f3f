package io.hashslot.node;

import io.hashslot.config.Choices.MaxmemoryPolicy;
import io.hashslot.config.Config;
import io.hashslot.config.MemoryDirectives;
import io.hashslot.config.ReplicationDirectives;
import io.hashslot.config.Settings;
import io.hashslot.dispatch.MemoryLimit;
import io.hashslot.keyspace.AccessClock;
import io.hashslot.keyspace.EvictionPolicy;
import io.hashslot.keyspace.EvictionPolicy.Order;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directives about memory in the terms of those who watch over it. */
final class MemoryRules {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryRules.class);

  private MemoryRules() {}

  /** Applies them, now and whenever they change. */
  static void follow(Config config, MemoryLimit limit, AccessClock accesses) {
    apply(config.settings(), limit, accesses);
    config.onChange(
        (_, now) -> {
          apply(now, limit, accesses);
          return null;
        },
        MemoryDirectives.MAXMEMORY,
        MemoryDirectives.MAXMEMORY_POLICY,
        MemoryDirectives.MAXMEMORY_SAMPLES,
        MemoryDirectives.MAXMEMORY_EVICTION_TENACITY,
        MemoryDirectives.LFU_LOG_FACTOR,
        MemoryDirectives.LFU_DECAY_TIME,
        MemoryDirectives.LAZYFREE_LAZY_EVICTION,
        ReplicationDirectives.REPLICA_IGNORE_MAXMEMORY);
  }

  private static void apply(Settings now, MemoryLimit limit, AccessClock accesses) {
    MaxmemoryPolicy policy = now.get(MemoryDirectives.MAXMEMORY_POLICY);
    accesses.lfu(policy == MaxmemoryPolicy.ALLKEYS_LFU || policy == MaxmemoryPolicy.VOLATILE_LFU);
    accesses.logFactor(now.intOf(MemoryDirectives.LFU_LOG_FACTOR));
    accesses.decayMinutes(now.intOf(MemoryDirectives.LFU_DECAY_TIME));
    limit.policy(policyOf(policy));
    limit.samples(now.intOf(MemoryDirectives.MAXMEMORY_SAMPLES));
    limit.tenacity(now.intOf(MemoryDirectives.MAXMEMORY_EVICTION_TENACITY));
    limit.unlinks(now.get(MemoryDirectives.LAZYFREE_LAZY_EVICTION));
    limit.spareReplica(now.get(ReplicationDirectives.REPLICA_IGNORE_MAXMEMORY));
    limit.limitBytes(now.get(MemoryDirectives.MAXMEMORY));
    if (limit.limitBytes() != 0 && limit.countedBytes() > limit.limitBytes()) {
      LOG.warn(
          "maxmemory is {} bytes, but {} are in use: keys will go, or writes be refused, as"
              + " maxmemory-policy says",
          limit.limitBytes(),
          limit.countedBytes());
    }
  }

  private static @Nullable EvictionPolicy policyOf(MaxmemoryPolicy policy) {
    return switch (policy) {
      case VOLATILE_LRU -> new EvictionPolicy(true, Order.LRU);
      case VOLATILE_LFU -> new EvictionPolicy(true, Order.LFU);
      case VOLATILE_RANDOM -> new EvictionPolicy(true, Order.RANDOM);
      case VOLATILE_TTL -> new EvictionPolicy(true, Order.TTL);
      case ALLKEYS_LRU -> new EvictionPolicy(false, Order.LRU);
      case ALLKEYS_LFU -> new EvictionPolicy(false, Order.LFU);
      case ALLKEYS_RANDOM -> new EvictionPolicy(false, Order.RANDOM);
      case NOEVICTION -> null;
    };
  }
}
