/**
 * Commands on streams: adding and trimming, ranges, reading with and without groups, what is
 * pending. {@link io.hashslot.command.stream.StreamReads} is what XREAD and XREADGROUP have in
 * common: what they reply with, and what they wait for.
 *
 * <p>As in the C servers, only entries that come and go, and streams that are made, are changes to
 * those who watch a key; what happens to groups is not.
 *
 * <p>May use: the frame of commands and all below it.
 */
@NullMarked
package io.hashslot.command.stream;

import org.jspecify.annotations.NullMarked;
