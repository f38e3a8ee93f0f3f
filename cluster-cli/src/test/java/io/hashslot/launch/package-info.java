/** The launchers in {@code bin}, run as users run them. */
@NullMarked
package io.hashslot.launch;

import org.jspecify.annotations.NullMarked;
