package io.hashslot.pubsub;

/** What can be subscribed to, with the words of the replies. */
public enum Topic {
  CHANNEL("subscribe", "unsubscribe"),
  PATTERN("psubscribe", "punsubscribe"),
  SHARD_CHANNEL("ssubscribe", "sunsubscribe");

  private final String subscribed;
  private final String unsubscribed;

  Topic(String subscribed, String unsubscribed) {
    this.subscribed = subscribed;
    this.unsubscribed = unsubscribed;
  }

  String subscribed() {
    return subscribed;
  }

  String unsubscribed() {
    return unsubscribed;
  }
}
