/**
 * The bytes of the cluster bus: flyweights over received frames, an encoder for frames to be sent,
 * and the checks that decide whether a received frame may be looked at.
 *
 * <p>The formats are those of Redis 7.0.15, Redis 7.2 and Valkey 8.0.1, tested against captured
 * frames of the first and the last. Start at {@link io.hashslot.bus.wire.BusFrame} to read and at
 * {@link io.hashslot.bus.wire.FrameEncoder} to write.
 *
 * <p>May use: {@code io.hashslot.slot}, agrona.
 */
@NullMarked
package io.hashslot.bus.wire;

import org.jspecify.annotations.NullMarked;
