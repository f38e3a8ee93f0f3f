package io.hashslot.config;

/**
 * The words of the directives that take one of a few words, in the order their errors list them.
 */
public final class Choices {
  private Choices() {}

  /** Which pub/sub channels a new user may use. */
  public enum AclPubsubDefault {
    ALLCHANNELS,
    RESETCHANNELS
  }

  /** When the append-only file is forced to disk. */
  public enum AppendFsync {
    EVERYSEC,
    ALWAYS,
    NO
  }

  /** Who may use something dangerous. */
  public enum Permission {
    NO,
    YES,
    LOCAL
  }

  /** How clients of the cluster are told to reach a node. */
  public enum EndpointType {
    IP,
    HOSTNAME,
    UNKNOWN_ENDPOINT
  }

  /** The sockets' machinery: the best that the kernel allows, or one by name. */
  public enum IoTransport {
    AUTO,
    IO_URING,
    EPOLL,
    NIO
  }

  /** From which level on lines are logged. */
  public enum LogLevel {
    DEBUG,
    VERBOSE,
    NOTICE,
    WARNING,
    NOTHING
  }

  /** Which keys make room when memory is full. */
  public enum MaxmemoryPolicy {
    VOLATILE_LRU,
    VOLATILE_LFU,
    VOLATILE_RANDOM,
    VOLATILE_TTL,
    ALLKEYS_LRU,
    ALLKEYS_LFU,
    ALLKEYS_RANDOM,
    NOEVICTION
  }

  /** How the process asks the kernel's out-of-memory killer to treat it. */
  public enum OomScoreAdj {
    NO,
    YES,
    RELATIVE,
    ABSOLUTE
  }

  /** What happens when a replicated or replayed command fails. */
  public enum PropagationError {
    IGNORE,
    PANIC,
    PANIC_ON_REPLICAS
  }

  /** How a replica loads a data set that its primary sends. */
  public enum DisklessLoad {
    DISABLED,
    ON_EMPTY_DB,
    SWAPDB
  }

  /** Whose payloads RESTORE checks in depth. */
  public enum SanitizeDump {
    NO,
    YES,
    CLIENTS
  }

  /** Who watches over the process. */
  public enum Supervised {
    UPSTART,
    SYSTEMD,
    AUTO,
    NO
  }

  /** The system log's channel. */
  public enum SyslogFacility {
    USER,
    LOCAL0,
    LOCAL1,
    LOCAL2,
    LOCAL3,
    LOCAL4,
    LOCAL5,
    LOCAL6,
    LOCAL7
  }

  /** Whether TLS clients must show a certificate. */
  public enum TlsAuthClients {
    NO,
    YES,
    OPTIONAL
  }
}
