package io.hashslot.node;

import io.hashslot.cluster.MigrationLinks;
import io.hashslot.command.CommandSpec;
import io.hashslot.command.bitmap.BitmapCommands;
import io.hashslot.command.generic.GenericCommands;
import io.hashslot.command.generic.PayloadForm;
import io.hashslot.command.geo.GeoCommands;
import io.hashslot.command.hash.HashCommands;
import io.hashslot.command.hyperloglog.HyperloglogCommands;
import io.hashslot.command.list.ListCommands;
import io.hashslot.command.scripting.ScriptingCommands;
import io.hashslot.command.set.SetCommands;
import io.hashslot.command.sortedset.SortedSetCommands;
import io.hashslot.command.stream.StreamCommands;
import io.hashslot.command.string.StringCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The commands that need no more than a keyspace: those on keys, and those of each type. */
public final class DataCommands {
  private DataCommands() {}

  /**
   * Returns the rows of all groups.
   *
   * @param longestBytes the longest string there may be, from {@code proto-max-bulk-len}
   * @param links for keys that move to other servers
   * @param form how values are written for other servers
   * @param cluster whether those are nodes of our cluster
   */
  public static List<CommandSpec> table(
      LongSupplier longestBytes, MigrationLinks links, PayloadForm form, boolean cluster) {
    List<CommandSpec> rows = new ArrayList<>();
    rows.addAll(BitmapCommands.table(longestBytes));
    rows.addAll(GenericCommands.table(links, form, cluster));
    rows.addAll(GeoCommands.table());
    rows.addAll(HashCommands.table());
    rows.addAll(HyperloglogCommands.table());
    rows.addAll(ListCommands.table());
    rows.addAll(ScriptingCommands.table());
    rows.addAll(SetCommands.table());
    rows.addAll(SortedSetCommands.table());
    rows.addAll(StreamCommands.table());
    rows.addAll(StringCommands.table(longestBytes));
    return rows;
  }
}
