/**
 * Atomic slot migration: slots go to another primary with all their keys while clients go on, and
 * change their owner in one moment. The surface is Valkey 9's ({@code CLUSTER MIGRATESLOTS}); two
 * pure machines, {@link io.hashslot.migration.ExportMachine} and {@link
 * io.hashslot.migration.ImportMachine}, decide, and {@link io.hashslot.migration.SlotExport} and
 * {@link io.hashslot.migration.SlotImports} do.
 *
 * <p>Design: {@code docs/internals/slot-migration.md}.
 *
 * <p>May use: {@code io.hashslot.cluster}, {@code io.hashslot.bus.core}, {@code
 * io.hashslot.bus.wire}, {@code io.hashslot.dispatch}, {@code io.hashslot.command}, {@code
 * io.hashslot.keyspace}, {@code io.hashslot.journal}, {@code io.hashslot.persist.*}, {@code
 * io.hashslot.memory}, {@code io.hashslot.session}, {@code io.hashslot.config}, {@code
 * io.hashslot.resp}, {@code io.hashslot.resp.client}, {@code io.hashslot.slot}, {@code
 * io.hashslot.time}, {@code io.hashslot.tls}.
 */
@NullMarked
package io.hashslot.migration;

import org.jspecify.annotations.NullMarked;
