/**
 * The rules of the house, as tests over the sources of all modules: who may know whom, where clocks
 * and chance are allowed, how long a method may be. A rule says in its message what to do instead.
 */
@NullMarked
package io.hashslot.house;

import org.jspecify.annotations.NullMarked;
