/**
 * Whole nodes proved as users run them: processes of their own, clients and servers of other
 * people, kill -9 and SIGSTOP. {@link io.hashslot.it.Servers} starts and ends the processes and
 * tells their story when a test fails; {@link io.hashslot.it.TestCluster} makes a cluster of them.
 * May use everything.
 */
@NullMarked
package io.hashslot.it;

import org.jspecify.annotations.NullMarked;
