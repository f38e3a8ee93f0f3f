package io.hashslot.command.cluster;

import io.hashslot.command.CommandException;
import io.hashslot.migration.SlotMigrations;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the migrations of slots, or the error that there is no cluster.
 *
 * @param source asked for each command; gives null outside a cluster
 */
record MigrationCall(Supplier<@Nullable SlotMigrations> source) {
  /** Returns the migrations of this node. */
  SlotMigrations migrations() {
    SlotMigrations migrations = source.get();
    if (migrations == null) {
      throw CommandException.err("This instance has cluster support disabled");
    }
    return migrations;
  }
}
