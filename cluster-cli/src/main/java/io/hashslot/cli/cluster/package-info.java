/**
 * Operations on whole clusters: {@code --cluster create|check|info|call|simulate}. What is going to
 * be done is first made as a plan, which is data, shown, and tested without servers; then it is
 * carried out.
 *
 * <p>May use: {@code io.hashslot.cli}, {@code io.hashslot.cli.simulate}, {@code
 * io.hashslot.cli.view}, {@code io.hashslot.resp}, {@code io.hashslot.resp.client}, {@code
 * io.hashslot.slot}, {@code io.hashslot.time}.
 */
@NullMarked
package io.hashslot.cli.cluster;

import org.jspecify.annotations.NullMarked;
