package io.hashslot.cli;

/** Nobody reads the program's output any more: there is nothing left to do. */
public final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputClosedException() {
    super("output closed");
  }
}
