/**
 * What all who open connections have in common: where these come from.
 *
 * <p>May use: the JDK only.
 */
@NullMarked
package io.hashslot.socket;

import org.jspecify.annotations.NullMarked;
