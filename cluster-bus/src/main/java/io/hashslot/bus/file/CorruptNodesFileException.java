package io.hashslot.bus.file;

/**
 * nodes.conf is not what a cluster node has written. There is no way on: to start with half of what
 * was voted and owned would be worse than not to start.
 */
public final class CorruptNodesFileException extends Exception {
  private static final long serialVersionUID = 1L;

  CorruptNodesFileException(int line, String reason) {
    super("line " + line + ": " + reason);
  }

  CorruptNodesFileException(String reason) {
    super(reason);
  }
}
