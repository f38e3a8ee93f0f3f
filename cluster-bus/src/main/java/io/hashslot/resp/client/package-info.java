/**
 * A small client for RESP servers: one connection with pipelining and a blocking face, an
 * asynchronous face over it, and a cluster client that finds the node of a key. It is plain {@code
 * java.net}, because the command line must start in a blink and loads nothing else.
 *
 * <p>May use: {@code io.hashslot.resp}, {@code io.hashslot.slot}, {@code io.hashslot.socket},
 * {@code io.hashslot.tls}.
 */
@NullMarked
package io.hashslot.resp.client;

import org.jspecify.annotations.NullMarked;
