/** Other people's servers as judges: starts redis-server and valkey-server for tests. */
@NullMarked
package io.hashslot.oracle;

import org.jspecify.annotations.NullMarked;
