package io.hashslot.config;

import java.util.List;
import java.util.Optional;

/**
 * Where the primary of a replica listens.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
public record PrimaryAddress(String host, int port) {
  /** The grammar of {@code replicaof}: host and port, or {@code no one}. */
  static final class Form implements Structured.Form<Optional<PrimaryAddress>> {
    @Override
    public String kind() {
      return "host and port, or no one";
    }

    @Override
    public Optional<PrimaryAddress> parse(
        List<String> words, Optional<PrimaryAddress> current, boolean adding)
        throws InvalidValueException {
      if (words.size() != 2) throw new InvalidValueException("wrong number of arguments");
      String host = words.get(0);
      String port = words.get(1);
      if (host.equalsIgnoreCase("no") && port.equalsIgnoreCase("one")) return Optional.empty();
      if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
        throw new InvalidValueException("Invalid master port");
      }
      return Optional.of(new PrimaryAddress(host, Integer.parseInt(port)));
    }

    @Override
    public String format(Optional<PrimaryAddress> primary) {
      return primary.map(address -> address.host + " " + address.port).orElse("");
    }

    @Override
    public List<Directive.RewriteLine> lines(
        Optional<PrimaryAddress> primary, Optional<PrimaryAddress> defaultValue) {
      if (primary.isEmpty()) return List.of();
      return List.of(new Directive.RewriteLine(format(primary), true));
    }
  }
}
