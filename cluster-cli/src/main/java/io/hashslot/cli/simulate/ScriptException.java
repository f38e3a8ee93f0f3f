package io.hashslot.cli.simulate;

/** A script that cannot be read. */
final class ScriptException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says where and why.
   *
   * @param line of the script, from 1
   * @param column in the line, from 1
   */
  ScriptException(int line, int column, String reason) {
    super("[ERR] Script, line " + line + ", column " + column + ": " + reason);
  }
}
