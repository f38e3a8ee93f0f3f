package io.hashslot.bus.link;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.Effect;
import io.hashslot.bus.core.Effects;
import java.io.IOException;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the core wants, one after the other and never differently: whatever stands behind a
 * {@link Effect.Persist} happens after the state has been written. If it cannot be written nothing
 * that follows happens at all, now or later.
 */
final class EffectPerformer {
  private static final Logger LOG = LoggerFactory.getLogger("io.hashslot.cluster");

  /** The part of {@link Links} that effects need. */
  interface Network {
    void send(int link, DirectBuffer frame);

    void connect(Effect.Connect connect);

    void close(int link);

    /** The host acknowledges nothing more: the core wants to know. */
    void fenced();

    /** No write is under way any more in this pause: the core wants to know. Any thread. */
    void standsStill(long pause);
  }

  private final Network network;
  private final StateStore store;
  private final BusHost host;
  private final Long2ObjectHashMap<Consumer<Answer>> waiting = new Long2ObjectHashMap<>();
  private boolean failed;

  EffectPerformer(Network network, StateStore store, BusHost host) {
    this.network = network;
    this.store = store;
    this.host = host;
  }

  /** Who is to be told the answer to a request. */
  void expectAnswer(long token, Consumer<Answer> receiver) {
    waiting.put(token, receiver);
  }

  /** Whether the state could not be written; nothing is performed any more. */
  boolean hasFailed() {
    return failed;
  }

  /** Performs and forgets all effects. */
  void perform(Effects effects) {
    effects.drainTo(this::performUnlessFailed);
  }

  private void performUnlessFailed(Effect effect) {
    if (failed) {
      return;
    }
    try {
      perform(effect);
    } catch (RuntimeException e) {
      // The host's or a client's mistake must not keep the node from gossiping.
      LOG.error("Cluster effect {} failed", effect.getClass().getSimpleName(), e);
    }
  }

  /** Something that is done with the file. */
  @FunctionalInterface
  private interface Writing {
    void happen() throws IOException;
  }

  private void write(Writing writing) {
    try {
      writing.happen();
    } catch (IOException | RuntimeException e) {
      failed = true;
      LOG.error("The cluster configuration cannot be written", e);
      host.fatal(e);
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist(var state, var sync) -> write(() -> store.save(state, sync));
      case Effect.Force _ -> write(store::force);
      case Effect.SaveConfig save -> saveConfig(save);
      case Effect.Send(var link, var frame) -> network.send(link, frame);
      case Effect.Connect connect -> network.connect(connect);
      case Effect.CloseLink(var link) -> network.close(link);
      case Effect.Reply(var token, var answer) -> answer(token, answer);
      case Effect.Publish(var view) -> host.publish(view);
      case Effect.Promote(var version) -> host.promote(version);
      case Effect.Demote(var version) -> host.demote(version);
      case Effect.Follow follow -> host.follow(follow);
      case Effect.Unfollow _ -> host.unfollow();
      case Effect.FlushData _ -> host.flushData();
      case Effect.DeleteSlotKeys(var slots, var propagate) -> host.deleteSlotKeys(slots, propagate);
      case Effect.DropShardChannels(var slots) -> host.dropShardChannels(slots);
      case Effect.Deliver(var channel, var message, var sharded) ->
          host.deliver(channel, message, sharded);
      case Effect.PauseWrites(var until, var number) ->
          host.pauseWrites(until, () -> network.standsStill(number));
      case Effect.ResumeWrites _ -> host.resumeWrites();
      case Effect.Fence(var forMs) -> {
        host.fence(forMs);
        network.fenced();
      }
      case Effect.AcceptHistory _ -> host.acceptHistory();
      case Effect.Note(var level, var text) -> log(level, text);
    }
  }

  private void saveConfig(Effect.SaveConfig save) {
    Answer answer = Answer.OK;
    try {
      store.save(save.state(), true);
    } catch (IOException e) {
      LOG.warn("The cluster configuration could not be saved on request", e);
      answer = Answer.error("error saving the cluster node config: " + e.getMessage());
    }
    answer(save.token(), answer);
  }

  private void answer(long token, Answer answer) {
    Consumer<Answer> receiver = waiting.remove(token);
    if (receiver != null) {
      receiver.accept(answer);
    }
  }

  private static void log(Effect.Level level, String text) {
    switch (level) {
      case DEBUG -> LOG.debug("{}", text);
      case NOTICE -> LOG.info("{}", text);
      case WARNING -> LOG.warn("{}", text);
    }
  }
}
