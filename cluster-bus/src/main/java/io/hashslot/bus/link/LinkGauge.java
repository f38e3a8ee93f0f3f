package io.hashslot.bus.link;

/**
 * How full the send queue of a link is, for CLUSTER LINKS.
 *
 * @param number the core's number of the link
 * @param queuedBytes bytes not yet taken by the system
 */
public record LinkGauge(int number, long queuedBytes) {}
