package io.hashslot.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What a command did: its reply, what is repeated by replicas and the append-only file, and the
 * keyspace events, in order. Bytes are shown as characters of ISO 8859-1.
 */
public record Outcome(String reply, List<String> propagated, List<String> events) {

  /** The reply consists of exactly these lines of RESP. */
  public Outcome replies(String... lines) {
    assertThat(reply).isEqualTo(String.join("\r\n", lines) + "\r\n");
    return this;
  }

  /** There is no reply at all. */
  public Outcome repliesNothing() {
    assertThat(reply).isEmpty();
    return this;
  }

  /** The reply is this bulk string. */
  public Outcome repliesBulk(String text) {
    return replies("$" + text.length(), text);
  }

  /** The reply is an error that begins so. */
  public Outcome fails(String beginning) {
    assertThat(reply).startsWith("-" + beginning);
    return this;
  }

  /** Exactly these commands are repeated elsewhere; arguments are separated by one space. */
  public Outcome propagates(String... commands) {
    assertThat(propagated).containsExactly(commands);
    return this;
  }

  /** Nothing is repeated elsewhere. */
  public Outcome propagatesNothing() {
    return propagates();
  }

  /** Exactly these events are told, as {@code event:key}; {@code @n} follows in database n. */
  public Outcome fires(String... expected) {
    assertThat(events).containsExactly(expected);
    return this;
  }

  /** No events are told. */
  public Outcome firesNothing() {
    return fires();
  }
}
