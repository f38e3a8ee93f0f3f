package io.hashslot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hashslot.resp.Reply;
import io.hashslot.resp.client.ConnectOptions;
import io.hashslot.resp.client.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What the command line and the environment ask for, in terms of the program.
 *
 * @param endpoint host and port
 * @param socketPath a unix socket instead; {@code null} for TCP
 * @param connect who to be and how long to wait
 * @param database the database to select
 * @param protocol what to speak
 * @param clusterMode whether to follow redirections
 * @param errorStatus whether error replies end the program with status 1
 * @param showPushes whether to print what the server pushes
 * @param format how replies are shown
 */
public record Settings(
    Endpoint endpoint,
    @Nullable String socketPath,
    ConnectOptions connect,
    int database,
    Protocol protocol,
    boolean clusterMode,
    boolean errorStatus,
    boolean showPushes,
    ReplyFormat format) {

  /** A reply in raw form without an ending, elements divided as the command line says. */
  public byte[] rawBytes(Reply reply) {
    return (format instanceof RawFormat raw ? raw : RawFormat.LINES).page(reply);
  }

  /** Whether replies are shown in the form for people. */
  public boolean isForPeople() {
    return format instanceof StandardFormat;
  }

  /** What to speak. */
  enum Protocol {
    RESP2,
    RESP3,
    /** What the JSON formats ask for: maps are objects there, but an old server will do. */
    RESP3_IF_POSSIBLE
  }

  /**
   * Takes the options in the order of precedence: explicit options, the URI, the environment.
   *
   * @throws UsageException if a value makes no sense
   */
  static Settings of(Arguments arguments, Surroundings surroundings) throws UsageException {
    String uriText = arguments.text(Option.URI);
    RedisUri uri = uriText == null ? RedisUri.NONE : RedisUri.parse(uriText);
    String host = arguments.text(Option.HOST);
    if (host == null) {
      host = uri.host() == null ? "127.0.0.1" : uri.host();
    }
    long port = arguments.number(Option.PORT, uri.port() == null ? 6379 : uri.port());
    if (port < 0 || port > 65535) {
      throw new UsageException("Invalid server port.");
    }
    long database = arguments.number(Option.DATABASE, uri.database() == null ? 0 : uri.database());
    String user = arguments.text(Option.USER);
    return new Settings(
        new Endpoint(host, (int) port),
        arguments.text(Option.SOCKET),
        ConnectOptions.PLAIN
            .withTimeoutsMs(arguments.seconds(Option.CONNECT_TIMEOUT), 0)
            .withUser(user == null ? uri.user() : user, password(arguments, uri, surroundings))
            .withTls(TlsOptions.of(arguments, uri)),
        (int) database,
        protocol(arguments),
        arguments.has(Option.CLUSTER_MODE),
        arguments.has(Option.ERROR_STATUS),
        showPushes(arguments, surroundings),
        format(arguments, surroundings));
  }

  private static @Nullable String password(
      Arguments arguments, RedisUri uri, Surroundings surroundings) {
    if (arguments.has(Option.ASK_PASSWORD)) {
      return PasswordPrompt.ask(surroundings);
    }
    String given = arguments.text(Option.PASSWORD);
    if (given == null) {
      given = arguments.text(Option.PASSWORD_ALIAS);
    }
    if (given == null) {
      given = uri.password();
    }
    if (given == null) {
      return surroundings.variable("REDISCLI_AUTH");
    }
    if (!arguments.has(Option.NO_AUTH_WARNING)) {
      surroundings.complain(
          "Warning: Using a password with '-a' or '-u' option on the command line interface may not"
              + " be safe.");
    }
    return given;
  }

  private static Protocol protocol(Arguments arguments) {
    if (arguments.has(Option.RESP3)) {
      return Protocol.RESP3;
    }
    boolean json = arguments.has(Option.JSON) || arguments.has(Option.QUOTED_JSON);
    return json && !arguments.has(Option.RESP2) ? Protocol.RESP3_IF_POSSIBLE : Protocol.RESP2;
  }

  private static boolean showPushes(Arguments arguments, Surroundings surroundings)
      throws UsageException {
    String given = arguments.text(Option.SHOW_PUSHES);
    if (given == null || given.isEmpty()) {
      return surroundings.outIsTerminal();
    }
    return switch (given.charAt(0)) {
      case 'y', 'Y' -> true;
      case 'n', 'N' -> false;
      default ->
          throw new UsageException(
              "Unknown --show-pushes value '" + given + "' (valid: '[y]es', '[n]o')");
    };
  }

  private static ReplyFormat format(Arguments arguments, Surroundings surroundings) {
    if (arguments.has(Option.CSV)) {
      return new CsvFormat();
    }
    if (arguments.has(Option.JSON) || arguments.has(Option.QUOTED_JSON)) {
      return new JsonFormat(arguments.has(Option.QUOTED_JSON));
    }
    boolean raw = arguments.has(Option.RAW) || !surroundings.outIsTerminal();
    if (!raw || arguments.has(Option.NO_RAW)) {
      return new StandardFormat();
    }
    byte[] newline = "\n".getBytes(UTF_8);
    return new RawFormat(
        arguments.bytes(Option.ELEMENT_DELIMITER, newline),
        arguments.bytes(Option.REPLY_DELIMITER, newline));
  }
}
