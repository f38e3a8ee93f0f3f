package io.hashslot.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options, one row each: this table is what the parser obeys and what {@code --help} prints.
 * Names and meanings are those of redis-cli 7.0.15; {@code -t}, {@code -4} and {@code -6} are
 * valkey-cli's.
 */
public enum Option {
  HOST("-h", "HOST", "Server host, 127.0.0.1 unless given."),
  PORT("-p", "PORT", "Server port, 6379 unless given."),
  CONNECT_TIMEOUT("-t", "SECONDS", "Longest wait for a connection; fractions are allowed."),
  SOCKET("-s", "PATH", "Unix socket to use instead of host and port."),
  PASSWORD("-a", "PASSWORD", "Password. Safer: the environment variable REDISCLI_AUTH."),
  PASSWORD_ALIAS("--pass", "PASSWORD", "The same as -a."),
  USER("--user", "NAME", "User to be, together with a password."),
  ASK_PASSWORD("--askpass", "Ask for the password on the terminal."),
  URI("-u", "URI", "All in one: redis[s]://[[USER:]PASSWORD@]HOST[:PORT][/DB]."),
  NO_AUTH_WARNING("--no-auth-warning", "Be silent about passwords on the command line."),
  DATABASE("-n", "NUMBER", "Database, 0 unless given."),
  RESP2("-2", "Speak RESP2."),
  RESP3("-3", "Speak RESP3."),
  CLUSTER_MODE("-c", "Follow the redirections of cluster nodes."),
  REPEAT("-r", "TIMES", "Run the command so often; a negative number means for ever."),
  INTERVAL("-i", "SECONDS", "Pause between repetitions; fractions are allowed."),
  STDIN_LAST("-x", "Append standard input to the command as its last argument."),
  STDIN_TAG("-X", "TAG", "Replace the argument TAG by standard input."),
  ELEMENT_DELIMITER("-d", "TEXT", "Between elements of raw output; a newline unless given."),
  REPLY_DELIMITER("-D", "TEXT", "After each reply of raw output; a newline unless given."),
  ERROR_STATUS("-e", "An error reply goes to standard error and makes the exit status 1."),
  RAW("--raw", "Print replies without decoration (usual when output is no terminal)."),
  NO_RAW("--no-raw", "Print replies for people, even when output is no terminal."),
  CSV("--csv", "Print replies as comma-separated values."),
  JSON("--json", "Print replies as JSON; speaks RESP3 unless -2 is given."),
  QUOTED_JSON("--quoted-json", "The same in plain ASCII."),
  QUOTED_INPUT("--quoted-input", "Arguments may be in quotes with escapes such as \\x00."),
  SHOW_PUSHES("--show-pushes", "yes|no", "Print messages the server pushes; usual on a terminal."),
  IPV4("-4", "Accepted; the system's resolver decides."),
  IPV6("-6", "Accepted; the system's resolver decides."),
  TLS("--tls", "Encrypt the connection, and know the server by its certificate."),
  SNI("--sni", "NAME", "Name to ask the server for; names of certificates are not compared."),
  CACERT("--cacert", "FILE", "Certificates that vouch for servers, PEM; else the Java runtime's."),
  CACERTDIR("--cacertdir", "DIR", "Folder of such files."),
  CERT("--cert", "FILE", "Certificate to show to the server, PEM."),
  KEY("--key", "FILE", "Its private key, PEM."),
  INSECURE("--insecure", "Encrypt, but take any certificate of the server."),
  TLS_CIPHERS("--tls-ciphers", "LIST", "Ciphers up to TLS 1.2, by OpenSSL's names."),
  TLS_CIPHERSUITES("--tls-ciphersuites", "LIST", "Ciphers of TLS 1.3."),
  VERBOSE("--verbose", "Say more."),
  CLUSTER("--cluster", "COMMAND", "Form, check, simulate clusters: see --cluster help."),
  CLUSTER_REPLICAS("--cluster-replicas", "N", ""),
  CLUSTER_YES("--cluster-yes", ""),
  CLUSTER_TIMEOUT("--cluster-timeout", "MS", ""),
  CLUSTER_WAIT("--cluster-wait", "SECONDS", ""),
  CLUSTER_ONLY_MASTERS("--cluster-only-masters", ""),
  CLUSTER_ONLY_PRIMARIES("--cluster-only-primaries", ""),
  CLUSTER_ONLY_REPLICAS("--cluster-only-replicas", ""),
  CLUSTER_SEARCH_MULTIPLE_OWNERS("--cluster-search-multiple-owners", ""),
  CLUSTER_PRIMARIES("--cluster-primaries", "N", ""),
  ZONES("--zones", "A,B", ""),
  FROM("--from", "HOST:PORT", ""),
  NODE_TIMEOUT("--node-timeout", "MS", ""),
  PING_INTERVAL("--ping-interval", "MS", ""),
  DELAY("--delay", "DURATION", ""),
  LOSS("--loss", "PERCENT", ""),
  SCRIPT("--script", "TEXT", ""),
  SCRIPT_FILE("--script-file", "FILE", ""),
  SEED("--seed", "N", ""),
  SEEDS("--seeds", "N", ""),
  TRY_OUT("--try-out", "HOST:PORT", ""),
  HELP("--help", "Print this help."),
  VERSION("--version", "Print the version."),
  VERSION_SHORT("-v", "");

  /** What redis-cli understands and this version does not: named, so that a script hears why. */
  private static final List<String> ELSEWHERE =
      List.of(
          "--stat",
          "--latency",
          "--latency-history",
          "--latency-dist",
          "--mono",
          "--intrinsic-latency",
          "--lru-test",
          "--replica",
          "--slave",
          "--rdb",
          "--functions-rdb",
          "--pipe",
          "--pipe-timeout",
          "--bigkeys",
          "--memkeys",
          "--memkeys-samples",
          "--hotkeys",
          "--scan",
          "--pattern",
          "--quoted-pattern",
          "--count",
          "--eval",
          "--ldb",
          "--ldb-sync-mode");

  private static final Map<String, Option> BY_NAME = new HashMap<>();

  static {
    for (Option option : values()) {
      BY_NAME.put(option.text, option);
    }
  }

  private final String text;
  private final @Nullable String valueName;
  private final String summary;

  Option(String text, String summary) {
    this(text, null, summary);
  }

  Option(String text, @Nullable String valueName, String summary) {
    this.text = text;
    this.valueName = valueName;
    this.summary = summary;
  }

  /** The option as it is typed. */
  public String text() {
    return text;
  }

  /** Whether the next word belongs to it. */
  boolean takesValue() {
    return valueName != null;
  }

  /** One line of help; empty for options that other pages explain. */
  String helpLine() {
    if (summary.isEmpty()) {
      return "";
    }
    String typed = valueName == null ? text : text + ' ' + valueName;
    return "  " + typed + " ".repeat(Math.max(1, 24 - typed.length())) + summary + '\n';
  }

  /** The option of that name, or {@code null}. */
  static @Nullable Option byName(String text) {
    return BY_NAME.get(text);
  }

  /** Whether the name is a known option of redis-cli that this version does not have. */
  static boolean isElsewhere(String text) {
    return ELSEWHERE.contains(text);
  }
}
