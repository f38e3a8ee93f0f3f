package io.hashslot.cli.cluster;

import io.hashslot.cli.Surroundings;

/**
 * What a cluster operation says while it works. Lines are those of redis-cli 7.0.15, which scripts
 * look for; colours come if {@code TERM} names an xterm, as there.
 */
final class Report {
  private final Surroundings surroundings;
  private final boolean coloured;

  Report(Surroundings surroundings) {
    this.surroundings = surroundings;
    String terminal = surroundings.variable("TERM");
    this.coloured = terminal != null && terminal.contains("xterm");
  }

  /** A line as it is. */
  void line(String text) {
    surroundings.print(text + '\n');
  }

  /** Text without a line end. */
  void part(String text) {
    surroundings.print(text);
  }

  /** A step that begins: {@code >>> …}. */
  void step(String text) {
    colour("29;1", ">>> " + text + '\n');
  }

  /** Only the first word of a step's line, in bold. */
  void stepPart(String text) {
    colour("29;1", ">>> " + text);
  }

  /** Something that is as it should be: {@code [OK] …}. */
  void ok(String text) {
    colour("32;1", "[OK] " + text + '\n');
  }

  /** Something to think about: {@code [WARNING] …}. */
  void warning(String text) {
    colour("33;1", "[WARNING] " + text + '\n');
  }

  /** A whole line in yellow. */
  void remark(String text) {
    colour("33;1", text + '\n');
  }

  /** A whole line in red. */
  void wrong(String text) {
    colour("31;1", text + '\n');
  }

  /** Something that is wrong: {@code [ERR] …}. */
  void error(String text) {
    wrong("[ERR] " + text);
  }

  /** A line for standard error. */
  void complain(String text) {
    surroundings.complain(text);
  }

  private void colour(String code, String text) {
    surroundings.print(coloured ? "\033[" + code + "m" + text + "\033[0m" : text);
  }
}
