package io.hashslot.pubsub;

import io.hashslot.resp.ReplyWriter;
import io.hashslot.session.Session;
import io.hashslot.slot.SlotSet;
import io.hashslot.slot.Slots;
import io.hashslot.structure.Glob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is subscribed to what, and how messages get there. Subscriptions of a client change on its
 * own loop; messages are published from any thread. The lists of subscribers are copied when they
 * change and never change afterwards, so publishing takes no lock.
 */
public final class PubSub {
  private static final Session[] NOBODY = {};

  private record Pattern(Glob glob, byte[] text, Session[] sessions) {}

  private final Map<String, Session[]> channels = new ConcurrentHashMap<>();
  private final Map<String, Session[]> shardChannels = new ConcurrentHashMap<>();
  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  // Subscriptions

  /** Subscribes a client and confirms it, for each name in turn; on the client's loop. */
  public void subscribe(Session session, ReplyWriter reply, Topic topic, List<byte[]> names) {
    Subscriptions mine = session.get(Subscriptions.SLOT);
    if (mine == null) {
      mine = new Subscriptions();
      session.set(Subscriptions.SLOT, mine);
    }
    for (byte[] bytes : names) {
      String name = text(bytes);
      if (mine.of(topic).add(name)) {
        add(topic, name, bytes, session);
      }
      confirm(reply, topic.subscribed(), bytes, mine.count(topic));
    }
    session.subscriber(true);
  }

  /** Ends subscriptions of a client, all of a kind if none is named, and confirms each. */
  public void unsubscribe(Session session, ReplyWriter reply, Topic topic, List<byte[]> names) {
    Subscriptions mine = session.get(Subscriptions.SLOT);
    if (names.isEmpty() && (mine == null || mine.of(topic).isEmpty())) {
      confirm(reply, topic.unsubscribed(), null, mine == null ? 0 : mine.count(topic));
      return;
    }
    List<byte[]> leaving = new ArrayList<>(names);
    if (mine != null && names.isEmpty()) {
      mine.of(topic).forEach(name -> leaving.add(bytes(name)));
    }
    for (byte[] each : leaving) {
      String name = text(each);
      if (mine != null && mine.of(topic).remove(name)) {
        remove(topic, name, session);
      }
      confirm(reply, topic.unsubscribed(), each, mine == null ? 0 : mine.count(topic));
    }
    session.subscriber(mine != null && !mine.isEmpty());
  }

  /** Ends all subscriptions of a client without a word; it is gone, or has asked for RESET. */
  public void forget(Session session) {
    Subscriptions mine = session.get(Subscriptions.SLOT);
    if (mine == null) {
      return;
    }
    for (Topic topic : Topic.values()) {
      mine.of(topic).forEach(name -> remove(topic, name, session));
      mine.of(topic).clear();
    }
    session.subscriber(false);
  }

  private static void confirm(ReplyWriter reply, String word, byte @Nullable [] name, int count) {
    reply.push(3);
    reply.bulk(word);
    if (name == null) {
      reply.nil();
    } else {
      reply.bulk(name);
    }
    reply.integer(count);
  }

  private void add(Topic topic, String name, byte[] bytes, Session session) {
    switch (topic) {
      case CHANNEL -> channels.merge(name, new Session[] {session}, PubSub::join);
      case SHARD_CHANNEL -> shardChannels.merge(name, new Session[] {session}, PubSub::join);
      case PATTERN ->
          patterns.merge(
              name,
              new Pattern(new Glob(bytes), bytes, new Session[] {session}),
              (old, more) ->
                  new Pattern(old.glob(), old.text(), join(old.sessions(), more.sessions())));
    }
  }

  private void remove(Topic topic, String name, Session session) {
    switch (topic) {
      case CHANNEL -> channels.computeIfPresent(name, (_, all) -> without(all, session));
      case SHARD_CHANNEL -> shardChannels.computeIfPresent(name, (_, all) -> without(all, session));
      case PATTERN ->
          patterns.computeIfPresent(
              name,
              (_, old) -> {
                Session[] rest = without(old.sessions(), session);
                return rest == null ? null : new Pattern(old.glob(), old.text(), rest);
              });
    }
  }

  private static Session[] join(Session[] all, Session[] more) {
    Session[] joined = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, joined, all.length, more.length);
    return joined;
  }

  private static Session @Nullable [] without(Session[] all, Session gone) {
    Session[] rest = Arrays.stream(all).filter(each -> each != gone).toArray(Session[]::new);
    return rest.length == 0 ? null : rest;
  }

  // Messages

  /**
   * Delivers a message to the subscribers of this node.
   *
   * @return how many got it, a client once for each of its subscriptions that match
   */
  public int publish(byte[] channel, byte[] payload) {
    int receivers = send(channels.get(text(channel)), new Message("message", channel, payload));
    for (Pattern pattern : patterns.values()) {
      if (pattern.glob().matches(channel)) {
        receivers +=
            send(pattern.sessions(), new Message("pmessage", pattern.text(), channel, payload));
      }
    }
    return receivers;
  }

  /** Delivers a message of a shard channel to the subscribers of this node, and counts them. */
  public int publishToShard(byte[] channel, byte[] payload) {
    return send(shardChannels.get(text(channel)), new Message("smessage", channel, payload));
  }

  private static int send(Session @Nullable [] sessions, Message message) {
    if (sessions == null) {
      return 0;
    }
    for (Session session : sessions) {
      message.to(session);
    }
    return sessions.length;
  }

  /** Slots are served elsewhere now: their subscribers are told so and subscribed no more. */
  public void dropShardChannels(SlotSet slots) {
    for (Map.Entry<String, Session[]> entry : shardChannels.entrySet()) {
      String name = entry.getKey();
      if (slots.contains(Slots.of(bytes(name)))) {
        for (Session session : entry.getValue()) {
          session.loop().execute(() -> drop(session, name));
        }
      }
    }
  }

  private void drop(Session session, String name) {
    Subscriptions mine = session.get(Subscriptions.SLOT);
    if (mine == null || session.closed() || !mine.shardChannels.remove(name)) {
      return;
    }
    remove(Topic.SHARD_CHANNEL, name, session);
    confirm(
        session.reply(),
        Topic.SHARD_CHANNEL.unsubscribed(),
        bytes(name),
        mine.count(Topic.SHARD_CHANNEL));
    session.subscriber(!mine.isEmpty());
    session.link().flushSoon();
  }

  // Questions

  /** Tells whether nobody is subscribed to anything. */
  public boolean idle() {
    return channels.isEmpty() && patterns.isEmpty();
  }

  /** Returns the names of channels with subscribers; all, or those that match. */
  public List<byte[]> channels(@Nullable Glob filter) {
    return names(channels.keySet(), filter);
  }

  /** Returns the names of shard channels with subscribers; all, or those that match. */
  public List<byte[]> shardChannels(@Nullable Glob filter) {
    return names(shardChannels.keySet(), filter);
  }

  private static List<byte[]> names(Collection<String> all, @Nullable Glob filter) {
    List<byte[]> names = new ArrayList<>();
    for (String name : all) {
      byte[] bytes = bytes(name);
      if (filter == null || filter.matches(bytes)) {
        names.add(bytes);
      }
    }
    return names;
  }

  /** Returns how many clients are subscribed to a channel. */
  public int subscribers(byte[] channel) {
    return channels.getOrDefault(text(channel), NOBODY).length;
  }

  /** Returns how many clients are subscribed to a shard channel. */
  public int shardSubscribers(byte[] channel) {
    return shardChannels.getOrDefault(text(channel), NOBODY).length;
  }

  /** Returns the number of channels with subscribers. */
  public int channelCount() {
    return channels.size();
  }

  /** Returns the number of distinct patterns. */
  public int patternCount() {
    return patterns.size();
  }

  /** Returns the number of shard channels with subscribers. */
  public int shardChannelCount() {
    return shardChannels.size();
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }
}
