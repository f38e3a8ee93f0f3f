package io.hashslot.tls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file or a choice from which no TLS can be made; the message tells which, and why. */
public final class TlsException extends IOException {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
