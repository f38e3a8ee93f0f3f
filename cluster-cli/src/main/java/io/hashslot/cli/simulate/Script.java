package io.hashslot.cli.simulate;

import java.util.List;

/**
 * What is going to happen to the cluster.
 *
 * @param lines in order
 */
record Script(List<Line> lines) {
  /**
   * One step and how it was written.
   *
   * @param text as typed, blanks made single
   */
  record Line(Step step, String text) {}
}
