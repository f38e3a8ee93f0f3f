/**
 * A picture of a cluster, loaded from its nodes: who they say they are, and what each of them sees
 * of the others.
 *
 * <p>May use: {@code io.hashslot.resp}, {@code io.hashslot.resp.client}, {@code io.hashslot.slot}.
 */
@NullMarked
package io.hashslot.cli.view;

import org.jspecify.annotations.NullMarked;
