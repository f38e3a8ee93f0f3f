package io.hashslot.dispatch;

import io.hashslot.blocking.Waiters;
import io.hashslot.command.CommandTable;
import io.hashslot.command.KeyEventSink;
import io.hashslot.journal.Journal;
import io.hashslot.keyspace.Keyspace;
import io.hashslot.observe.LatencyEvents;
import io.hashslot.observe.Monitors;
import io.hashslot.observe.SlowLog;
import io.hashslot.observe.Statistics;
import io.hashslot.session.Sessions;
import io.hashslot.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What all dispatchers of a node share.
 *
 * @param table the commands
 * @param keyspace the data
 * @param journal where effects go
 * @param state what every request is judged by
 * @param memory how much memory there may be used
 * @param slotGate whose slots these are; null outside a cluster
 * @param events who is told of keyspace events
 * @param watches who bets on keys
 * @param waiters who waits for keys
 * @param sessions the clients
 * @param statistics counters
 * @param slowLog which commands took long
 * @param latency which events took long, and when
 * @param monitors who watches all commands
 */
public record Environment(
    CommandTable table,
    Keyspace keyspace,
    Journal journal,
    NodeState state,
    MemoryLimit memory,
    @Nullable SlotGate slotGate,
    KeyEventSink events,
    Watches watches,
    Waiters waiters,
    Sessions sessions,
    Statistics statistics,
    SlowLog slowLog,
    LatencyEvents latency,
    Monitors monitors,
    Clock clock) {}
