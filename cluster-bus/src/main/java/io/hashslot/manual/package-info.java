/**
 * What each command is for and which arguments it takes, as data: {@code COMMAND DOCS} in the node,
 * offline help in the command line.
 *
 * <p>May use: only the JDK.
 */
@NullMarked
package io.hashslot.manual;

import org.jspecify.annotations.NullMarked;
