package io.hashslot.cluster;

import io.hashslot.bus.core.ClusterView;
import io.hashslot.bus.core.NodeView;
import io.hashslot.command.CommandFlag;
import io.hashslot.command.CommandSpec;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.dispatch.SlotGate;
import io.hashslot.dispatch.SlotUse;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Serve, redirect or refuse: judged by the newest view, which all loops read. The order of the
 * questions and the texts are those of Redis 7.2 and Valkey 8.0.
 *
 * <p>The dispatcher asks again under the shard locks. Since every change of role is carried out
 * under all of them after the view that tells of it, no write slips in behind a demotion.
 */
public final class SlotRouting implements SlotGate {
  private static final long NS_PER_MS = 1_000_000;
  private static final String TRY_AGAIN = "TRYAGAIN Multiple keys request during rehashing of slot";
  private static final String DOWN = "CLUSTERDOWN The cluster is down";
  private static final String DOWN_READS_ONLY =
      "CLUSTERDOWN The cluster is down and only accepts read commands";
  private static final String NOT_SERVED = "CLUSTERDOWN Hash slot not served";

  private final Config config;
  private final Endpoints endpoints;
  private final SlotUse use = new SlotUse();
  private volatile @Nullable ClusterView view;

  /** Makes the gate; until a view comes nothing is served. */
  public SlotRouting(Config config, Endpoints endpoints) {
    this.config = config;
    this.endpoints = endpoints;
    Runnable follow = () -> use.enabled(config.get(ClusterDirectives.CLUSTER_SLOT_STATS_ENABLED));
    follow.run();
    config.afterChange(follow, ClusterDirectives.CLUSTER_SLOT_STATS_ENABLED);
  }

  @Override
  public SlotUse use() {
    return use;
  }

  /** Shows all loops a new view. */
  public void publish(ClusterView newest) {
    ClusterView before = view;
    view = newest;
    if (before != null && use.enabled()) {
      use.reset(slot -> before.inMyShard(slot) != newest.inMyShard(slot));
    }
  }

  /** Whether this node owns a slot, by the newest view. */
  boolean mine(int slot) {
    ClusterView now = view;
    return now != null && now.mine(slot);
  }

  /** Returns the newest view, or null before the first. */
  public @Nullable ClusterView view() {
    return view;
  }

  @Override
  public @Nullable String refuse(Session session, CommandSpec command, int slot, boolean write) {
    ClusterView now = view;
    return now == null ? DOWN : refuse(now, now.health().ok(), session, command, slot, write);
  }

  @Override
  public @Nullable String refuse(
      Session session, CommandSpec command, int slot, boolean write, long nowNs) {
    ClusterView now = view;
    if (now == null) {
      return DOWN;
    }
    boolean serves = now.health().ok() && nowNs / NS_PER_MS < now.servesUntilMs();
    return refuse(now, serves, session, command, slot, write);
  }

  private @Nullable String refuse(
      ClusterView now,
      boolean serves,
      Session session,
      CommandSpec command,
      int slot,
      boolean write) {
    if (now.mine(slot) && serves) {
      return null;
    }
    NodeView owner = now.owner(slot);
    if (owner == null) {
      return NOT_SERVED;
    }
    boolean shardChannel = command.has(CommandFlag.PUBSUB);
    if (!serves) {
      String down = whileDown(shardChannel, write);
      if (down != null) {
        return down;
      }
    }
    if (now.mine(slot) || importsFor(session, command, now, slot)) {
      return null;
    }
    if (now.inMyShard(slot) && (session.readOnlyMode() || shardChannel) && !write) {
      return null;
    }
    return moved(slot, owner, session);
  }

  @Override
  public String refuseSeveral(int first) {
    ClusterView now = view;
    if (now == null) {
      return DOWN;
    }
    return now.owner(first) == null ? NOT_SERVED : CROSS;
  }

  @Override
  public @Nullable String redirect(Session session, int slot) {
    ClusterView now = view;
    NodeView owner = now == null ? null : now.owner(slot);
    return owner == null ? null : moved(slot, owner, session);
  }

  private String moved(int slot, NodeView owner, Session session) {
    return "MOVED " + slot + ' ' + endpoints.redirect(owner, session);
  }

  private @Nullable String whileDown(boolean shardChannel, boolean write) {
    if (shardChannel) {
      return config.get(ClusterDirectives.CLUSTER_ALLOW_PUBSUBSHARD_WHEN_DOWN) ? null : DOWN;
    }
    if (!config.get(ClusterDirectives.CLUSTER_ALLOW_READS_WHEN_DOWN)) {
      return DOWN;
    }
    return write ? DOWN_READS_ONLY : null;
  }

  /**
   * Whether a slot of somebody else is being moved here and the client knows it. MIGRATE needs not
   * say so: it takes back what came. A replica has the marks of its primary, and shows what came to
   * those who read from it.
   */
  private static boolean importsFor(
      Session session, CommandSpec command, ClusterView now, int slot) {
    if (now.importingFrom(slot) == null) {
      return false;
    }
    return now.self().isPrimary()
        ? asking(session, command) || isMigrate(command)
        : session.readOnlyMode() && asking(session, command);
  }

  private static boolean isMigrate(CommandSpec command) {
    return command.name().equals("migrate");
  }

  private static boolean asking(Session session, CommandSpec command) {
    return session.asking() || command.has(CommandFlag.ASKING);
  }

  @Override
  public boolean down() {
    ClusterView now = view;
    return now == null || !now.health().ok();
  }

  @Override
  public boolean open(int slot) {
    ClusterView now = view;
    return now != null
        && now.anyOpenSlot()
        && (now.migratingTo(slot) != null || now.importingFrom(slot) != null);
  }

  @Override
  public @Nullable String refuseOpen(Session session, CommandSpec command, int slot, Found found) {
    ClusterView now = view;
    if (now == null || command.has(CommandFlag.PUBSUB) || isMigrate(command)) {
      return null;
    }
    if (found.acrossDatabases()) {
      return TRY_AGAIN;
    }
    NodeView target = now.migratingTo(slot);
    if (target != null && found.absent() > 0) {
      if (found.present() > 0) {
        return TRY_AGAIN;
      }
      return "ASK " + slot + ' ' + endpoints.redirect(target, session);
    }
    if (now.importingFrom(slot) != null
        && asking(session, command)
        && found.several()
        && found.absent() > 0) {
      return TRY_AGAIN;
    }
    return null;
  }
}
