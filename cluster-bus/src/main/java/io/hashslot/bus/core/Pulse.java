package io.hashslot.bus.core;

import io.hashslot.bus.wire.NodeId;
import io.hashslot.slot.SlotSet;

/**
 * A short look at one node: as much as simulations of thousands of nodes ask for many times a
 * second, when a {@link ClusterView} would be too much to paint.
 *
 * @param id its name
 * @param primary whether it is a primary
 * @param serves whether it sees the cluster as serving
 * @param slots what it owns; nobody changes the set, and it changes with the node
 * @param known nodes it knows, itself and those in handshake included
 * @param suspected how many of them it suspects
 * @param failed how many of them failed as it sees it
 * @param owners equal for nodes that agree about the owner of each slot
 */
public record Pulse(
    NodeId id,
    boolean primary,
    boolean serves,
    SlotSet slots,
    int known,
    int suspected,
    int failed,
    long owners) {}
