/**
 * The values clients store: a sealed family of flyweights over arena memory. No keys, no expiry.
 *
 * <p>May use: {@code io.hashslot.memory}, {@code io.hashslot.structure}, {@code io.hashslot.resp}
 * (decimal text), fastutil. A value is valid only under the lock of its shard and only until its
 * key is next changed.
 */
@NullMarked
package io.hashslot.value;

import org.jspecify.annotations.NullMarked;
