package io.hashslot.command.scripting;

/** What redis-server 7.0.15 answers to FUNCTION DUMP, as characters of ISO 8859-1. */
final class Payloads {
  /** Without libraries. */
  static final String NONE = "\n\u0000]\u009b\\@\u000f\u007f\u00a2\u00da";

  static final String MINE_SOURCE =
      "#!lua name=mine\nredis.register_function('f', function() return 1 end)";

  /** With one library, of this source. */
  static final String MINE = "\u00f5@E" + MINE_SOURCE + "\n\u0000\u00b90:e\u00a8\u00bf\u00bb/";

  private Payloads() {}
}
