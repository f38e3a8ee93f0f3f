package io.hashslot.cluster;

import io.hashslot.bus.core.ClusterTexts.Audience;
import io.hashslot.bus.core.NodeView;
import io.hashslot.config.Choices;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;

/** By which name clients reach a node: {@code cluster-preferred-endpoint-type}. */
public final class Endpoints {
  private static final Audience OVER_IPV6 = new Audience(false, true);

  private final Config config;

  /** Makes it for a server's configuration. */
  public Endpoints(Config config) {
    this.config = config;
  }

  /** Returns what kind of name clients are given. */
  public Choices.EndpointType preferred() {
    return config.get(ClusterDirectives.CLUSTER_PREFERRED_ENDPOINT_TYPE);
  }

  /** Returns the name for a redirection; empty if clients shall keep the one they know. */
  public String redirect(NodeView node, Session session) {
    String name = name(node, session);
    return name == null ? "" : name;
  }

  /** Returns the name of a node; null if clients shall keep the one they know. */
  public @Nullable String name(NodeView node, Session session) {
    return switch (preferred()) {
      case IP -> audience(session).ip(node);
      case HOSTNAME -> node.hostname().isEmpty() ? "?" : node.hostname();
      case UNKNOWN_ENDPOINT -> null;
    };
  }

  /** Returns what a client is to be told by: the family of its own connection. */
  public static Audience audience(Session session) {
    return session.link().peer().startsWith("[") ? OVER_IPV6 : Audience.PLAIN;
  }
}
