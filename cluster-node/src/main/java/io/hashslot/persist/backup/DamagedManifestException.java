package io.hashslot.persist.backup;

import java.io.IOException;

/** The manifest of backups is not what was written. */
public final class DamagedManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedManifestException(String why) {
    super("the manifest of the backups is damaged: " + why);
  }
}
