package io.hashslot.cluster;

import io.hashslot.bus.core.Answer;
import io.hashslot.bus.core.ClusterRequest;
import io.hashslot.bus.core.ClusterRequest.SlotMark;
import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.bus.wire.NodeId;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.dispatch.SlowLane;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.replication.SlotMarks;
import io.hashslot.resp.Request;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks of slots on the move, as a primary and its replicas keep them in common. */
public final class ReplicatedMarks implements SlotMarks {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicatedMarks.class);
  private static final char IMPORTING = '<';
  private static final char MIGRATING = '>';

  private final Cluster cluster;
  private final SlotVisits visits;

  /** Makes it for a node; outside of a cluster there are no marks. */
  public static SlotMarks of(@Nullable Cluster cluster, Keyspace keyspace, SlowLane slowLane) {
    return cluster == null ? SlotMarks.NONE : new ReplicatedMarks(cluster, keyspace, slowLane);
  }

  private ReplicatedMarks(Cluster cluster, Keyspace keyspace, SlowLane slowLane) {
    this.cluster = cluster;
    visits = new SlotVisits(keyspace, slowLane);
  }

  /**
   * {@code <slot><<source>,} for a slot that is imported and {@code <slot>><target>,} for one that
   * leaves, one after the other; as of Valkey 8.0.1.
   */
  @Override
  public @Nullable String text() {
    ClusterView view = cluster.routing().view();
    return view == null || !view.anyOpenSlot() ? null : text(view);
  }

  private static @Nullable String text(ClusterView view) {
    StringBuilder text = new StringBuilder();
    for (int slot = 0; slot < Slots.COUNT; slot++) {
      add(text, slot, IMPORTING, view.importingFrom(slot));
      add(text, slot, MIGRATING, view.migratingTo(slot));
    }
    return text.isEmpty() ? null : text.toString();
  }

  private static void add(StringBuilder text, int slot, char direction, @Nullable NodeView node) {
    if (node != null) {
      text.append(slot).append(direction).append(node.id().text()).append(',');
    }
  }

  @Override
  public void adopt(@Nullable String text) {
    cluster.request(new ClusterRequest.AdoptSlotMarks(parse(text)), ReplicatedMarks::outcome);
  }

  /** Reads marks; what is no mark is left out. */
  static List<SlotMark> parse(@Nullable String text) {
    List<SlotMark> marks = new ArrayList<>();
    for (String mark : text == null ? new String[0] : text.split(",", -1)) {
      int direction = Math.max(mark.indexOf(IMPORTING), mark.indexOf(MIGRATING));
      if (direction <= 0 || !mark.substring(0, direction).matches("[0-9]{1,5}")) {
        continue;
      }
      int slot = Integer.parseInt(mark.substring(0, direction));
      String node = mark.substring(direction + 1);
      if (Slots.isValid(slot) && NodeId.isValid(node)) {
        marks.add(new SlotMark(slot, mark.charAt(direction) == IMPORTING, new NodeId(node)));
      }
    }
    return marks;
  }

  @Override
  public void apply(Request setslot, Runnable done) {
    Args args = new Args();
    args.wrap(setslot);
    SetslotArguments wanted;
    try {
      wanted = SetslotArguments.of(args);
    } catch (CommandException problem) {
      LOG.warn("The primary's SETSLOT makes no sense: {}", problem.reply());
      done.run();
      return;
    }
    Consumer<Answer> answered =
        answer -> {
          outcome(answer);
          done.run();
        };
    visits.visit(
        wanted.slot(),
        keys -> {
          boolean hasKeys = HeldSlots.count(keys, wanted.slot()) > 0;
          cluster.request(wanted.request(hasKeys, true), answered);
        });
  }

  private static void outcome(Answer answer) {
    if (answer instanceof Answer.Failure(String text)) {
      LOG.warn("A slot cannot be marked as the primary has marked it: {}", text);
    }
  }
}
