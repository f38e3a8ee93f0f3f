package io.hashslot.cluster;

import io.hashslot.bus.core.NodeView;
import io.hashslot.config.Choices;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;

/** By which name clients reach a node: {@code cluster-preferred-endpoint-type}. */
public final class Endpoints {
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
      case IP -> ip(node, session);
      case HOSTNAME -> node.hostname().isEmpty() ? "?" : node.hostname();
      case UNKNOWN_ENDPOINT -> null;
    };
  }

  /** Returns a node's address as the client should see it: by its own family, if announced so. */
  public String ip(NodeView node, Session session) {
    if (node.clientIpv4().isEmpty() && node.clientIpv6().isEmpty()) {
      return node.ip();
    }
    boolean v6 = session.link().peer().startsWith("[");
    String announced = v6 ? node.clientIpv6() : node.clientIpv4();
    return announced.isEmpty() ? node.ip() : announced;
  }
}
