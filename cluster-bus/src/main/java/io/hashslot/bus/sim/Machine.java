package io.hashslot.bus.sim;

import io.hashslot.slot.SlotSet;

/**
 * One machine of a cluster, as it is in the beginning.
 *
 * @param name in stories; one for each machine
 * @param zone where it stands
 * @param shard number of its shard, from 1 on
 * @param primary whether it is the primary of its shard; each shard has one
 * @param slots what it serves if it is a primary; nobody changes the set
 */
public record Machine(String name, String zone, int shard, boolean primary, SlotSet slots) {}
