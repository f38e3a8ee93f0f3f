/**
 * Real servers of others as partners and judges of tests: started on free ports in folders of their
 * own, asked through a RESP client, stopped at the end.
 */
package io.hashslot.peer;
