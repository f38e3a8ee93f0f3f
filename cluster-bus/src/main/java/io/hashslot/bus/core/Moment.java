package io.hashslot.bus.core;

/**
 * The outside world at the moment of one event: both clocks and what the host knows.
 *
 * @param monotonicMs milliseconds of a clock that never goes back; all timeouts are measured by it.
 *     A jump ahead (a suspended process) is legal
 * @param wallMs unix time in milliseconds; only told to peers and users, never compared with
 * @param host the host's facts, valid for this event
 */
public record Moment(long monotonicMs, long wallMs, HostFacts host) {}
