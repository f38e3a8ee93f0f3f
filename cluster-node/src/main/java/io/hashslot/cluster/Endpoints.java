package io.hashslot.cluster;

import io.hashslot.bus.core.ClusterTexts.Audience;
import io.hashslot.bus.core.NodeView;
import io.hashslot.config.Choices;
import io.hashslot.config.ClusterDirectives;
import io.hashslot.config.Config;
import io.hashslot.session.Link;
import io.hashslot.session.Session;
import org.jspecify.annotations.Nullable;

/** By which name and port clients reach a node: {@code cluster-preferred-endpoint-type}, TLS. */
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

  /** Returns where a redirection leads; without a name if clients shall keep the one they know. */
  public String redirect(NodeView node, Session session) {
    Audience audience = audience(session);
    String name = name(node, audience, preferred());
    return (name == null ? "" : name) + ':' + audience.port(node);
  }

  /** Returns the name of a node; null if clients shall keep the one they know. */
  public static @Nullable String name(
      NodeView node, Audience audience, Choices.EndpointType preferred) {
    return switch (preferred) {
      case IP -> audience.ip(node);
      case HOSTNAME -> node.hostname().isEmpty() ? "?" : node.hostname();
      case UNKNOWN_ENDPOINT -> null;
    };
  }

  /** Returns what a client is to be told by: the kind of its own connection. */
  public static Audience audience(Session session) {
    Link link = session.link();
    return new Audience(link.tls(), link.peer().startsWith("["));
  }
}
