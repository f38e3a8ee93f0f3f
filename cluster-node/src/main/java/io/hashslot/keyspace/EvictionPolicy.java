package io.hashslot.keyspace;

/**
 * Which keys make room when memory is used up.
 *
 * @param expiringOnly whether only keys with an expiry may go ({@code volatile-*}); if there are
 *     none, nothing goes
 * @param order which of them go first
 */
public record EvictionPolicy(boolean expiringOnly, Order order) {
  /** What makes a key a better victim than another. */
  public enum Order {
    /** It was not used for longer. */
    LRU,
    /** It is used less often. */
    LFU,
    /** It expires sooner. */
    TTL,
    /** Nothing: chance decides. */
    RANDOM
  }
}
