package io.hashslot.config;

import static io.hashslot.config.Row.LONG;

/** Who may come in, and what is closed to all. */
public final class SecurityDirectives {
  static final Row.Group ROWS = new Row.Group("Security");

  /** Whether a server without a password serves only its own machine. */
  public static final Toggle PROTECTED_MODE = ROWS.row("protected-mode").toggle(true);

  /** The password of the default user; empty for none. */
  public static final Text REQUIREPASS = ROWS.row("requirepass").secret().text("");

  /** The file of the users. */
  public static final Text ACLFILE =
      ROWS.row("aclfile").comesWith("users and ACL rules").immutable().text("");

  /** How many refusals the ACL log keeps. */
  public static final Quantity ACLLOG_MAX_LEN =
      ROWS.row("acllog-max-len").comesWith("users and ACL rules").number(128, 0, LONG);

  /** Which channels a new user may use. */
  public static final Choice<Choices.AclPubsubDefault> ACL_PUBSUB_DEFAULT =
      ROWS.row("acl-pubsub-default")
          .comesWith("users and ACL rules")
          .choice(Choices.AclPubsubDefault.RESETCHANNELS);

  /** Who may use DEBUG. */
  public static final Choice<Choices.Permission> ENABLE_DEBUG_COMMAND =
      ROWS.row("enable-debug-command").immutable().choice(Choices.Permission.NO);

  /** Who may set guarded directives. */
  public static final Choice<Choices.Permission> ENABLE_PROTECTED_CONFIGS =
      ROWS.row("enable-protected-configs").immutable().choice(Choices.Permission.NO);

  /** Who may use MODULE. */
  public static final Choice<Choices.Permission> ENABLE_MODULE_COMMAND =
      ROWS.row("enable-module-command")
          .immutable()
          .remark("Modules are C libraries, which a JVM cannot load: this decides on the error.")
          .choice(Choices.Permission.NO);

  private SecurityDirectives() {}
}
