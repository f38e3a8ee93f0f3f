package io.hashslot.pubsub;

import io.hashslot.session.SessionSlot;
import java.util.LinkedHashSet;
import java.util.Set;

/** What one client is subscribed to. Names are texts with a character per byte. */
public final class Subscriptions {
  /** Where the subscriptions hang on their session. */
  public static final SessionSlot<Subscriptions> SLOT = new SessionSlot<>();

  final Set<String> channels = new LinkedHashSet<>();
  final Set<String> patterns = new LinkedHashSet<>();
  final Set<String> shardChannels = new LinkedHashSet<>();

  Subscriptions() {}

  Set<String> of(Topic topic) {
    return switch (topic) {
      case CHANNEL -> channels;
      case PATTERN -> patterns;
      case SHARD_CHANNEL -> shardChannels;
    };
  }

  /** Returns the number that replies tell: shard channels are counted apart from the others. */
  int count(Topic topic) {
    return topic == Topic.SHARD_CHANNEL ? shardChannels.size() : channels.size() + patterns.size();
  }

  /** Returns how many channels. */
  public int channels() {
    return channels.size();
  }

  /** Returns how many patterns. */
  public int patterns() {
    return patterns.size();
  }

  /** Returns how many shard channels. */
  public int shardChannels() {
    return shardChannels.size();
  }

  boolean isEmpty() {
    return channels.isEmpty() && patterns.isEmpty() && shardChannels.isEmpty();
  }
}
