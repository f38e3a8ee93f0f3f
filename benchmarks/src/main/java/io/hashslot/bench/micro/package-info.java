/**
 * Micro-benchmarks by JMH: one question each, about one part of the path of a request or of a bus
 * frame.
 *
 * <p>May use: everything of the bus and the node, JMH, Agrona.
 */
@NullMarked
package io.hashslot.bench.micro;

import org.jspecify.annotations.NullMarked;
