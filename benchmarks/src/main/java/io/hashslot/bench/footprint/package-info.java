/**
 * What a server occupies: resident memory of its processes and, for a JVM, the heap within it.
 *
 * <p>May use: the JDK only.
 */
@NullMarked
package io.hashslot.bench.footprint;

import org.jspecify.annotations.NullMarked;
