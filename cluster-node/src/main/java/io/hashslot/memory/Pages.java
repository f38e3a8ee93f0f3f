package io.hashslot.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Tells the system that pages are not needed for now: it takes their memory and leaves the
 * addresses.
 */
final class Pages {
  static final int BYTES = 4096;

  /** MADV_DONTNEED of Linux: the pages are dropped at once and read as zero when next touched. */
  private static final int DONT_NEED = 4;

  private Pages() {}

  /** Gives whole pages back; their contents are lost. Does nothing on systems without madvise. */
  static void release(long address, long bytes) {
    MethodHandle madvise = Madvise.HANDLE;
    if (madvise == null) {
      return;
    }
    try {
      int _ = (int) madvise.invokeExact(address, bytes, DONT_NEED);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Linked on first use only: a start-up that frees nothing need not pay for it. */
  private static final class Madvise {
    static final @Nullable MethodHandle HANDLE =
        System.getProperty("os.name", "").equals("Linux") ? link() : null;

    private static @Nullable MethodHandle link() {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("madvise")
          .map(
              symbol ->
                  linker.downcallHandle(
                      symbol,
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_LONG,
                          ValueLayout.JAVA_LONG,
                          ValueLayout.JAVA_INT)))
          .orElse(null);
    }
  }
}
