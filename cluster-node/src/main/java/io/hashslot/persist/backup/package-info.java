/**
 * Backups: keeping the newest snapshots under names of their own with a checksummed manifest, and
 * starting a server from one of them. Procedure: {@code docs/backups.md}.
 *
 * <p>May use: {@code io.hashslot.persist.snapshot} and {@code persist.aof} (files and their safe
 * replacement), SLF4J.
 */
@NullMarked
package io.hashslot.persist.backup;

import org.jspecify.annotations.NullMarked;
