package io.hashslot.cluster;

import io.hashslot.bus.core.ClusterRequest.SetSlot;
import io.hashslot.bus.core.ClusterRequest.SlotChange;
import io.hashslot.command.Args;
import io.hashslot.command.CommandException;
import io.hashslot.slot.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CLUSTER SETSLOT slot IMPORTING node-id | MIGRATING node-id | NODE node-id | STABLE [TIMEOUT ms]
 *
 * @param slot 0..16383
 * @param change what to do
 * @param node the node named, null for STABLE
 * @param timeoutMs how long replicas may take to confirm it; 0 for as long as they need
 */
public record SetslotArguments(int slot, SlotChange change, @Nullable String node, long timeoutMs) {
  /** How long replicas may take if the command does not say. */
  private static final long DEFAULT_TIMEOUT_MS = 2_000;

  private static final CommandException INVALID =
      CommandException.err(
          "Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP");

  private static final CommandException INVALID_SLOT =
      CommandException.err("Invalid or out of range slot");

  /**
   * Reads the arguments of the command.
   *
   * @throws CommandException if they are none
   */
  public static SetslotArguments of(Args args) {
    long slot = args.integer(2, INVALID_SLOT);
    if (slot < 0 || slot >= Slots.COUNT) {
      throw INVALID_SLOT;
    }
    SlotChange change = change(args);
    int after = change == SlotChange.STABLE ? 4 : 5;
    if (args.count() < after) {
      throw INVALID;
    }
    String node = change == SlotChange.STABLE ? null : args.text(4);
    return new SetslotArguments((int) slot, change, node, timeoutMs(args, after));
  }

  private static SlotChange change(Args args) {
    for (SlotChange change : SlotChange.values()) {
      if (args.is(3, change.name())) {
        return change;
      }
    }
    throw INVALID;
  }

  private static long timeoutMs(Args args, int from) {
    long timeoutMs = DEFAULT_TIMEOUT_MS;
    for (int i = from; i < args.count(); i++) {
      if (!args.is(i, "TIMEOUT")) {
        continue; // as valkey-server does
      }
      if (++i == args.count()) {
        throw CommandException.err("Missing timeout value");
      }
      timeoutMs =
          args.integer(i, CommandException.err("timeout is not an integer or out of range"));
      if (timeoutMs < 0) {
        throw CommandException.err("timeout is negative");
      }
    }
    return timeoutMs;
  }

  /**
   * The request to the core.
   *
   * @param slotHasKeys whether this node holds keys in the slot
   * @param fromPrimary whether the command came from this node's primary
   */
  SetSlot request(boolean slotHasKeys, boolean fromPrimary) {
    return new SetSlot(slot, change, node, slotHasKeys, fromPrimary);
  }

  /** The command as it is told to replicas. */
  String[] words() {
    List<String> words = new ArrayList<>(List.of("CLUSTER", "SETSLOT", Integer.toString(slot)));
    words.add(change.name().toLowerCase(Locale.ROOT));
    if (node != null) {
      words.add(node);
    }
    return words.toArray(String[]::new);
  }
}
