/**
 * Accounts for every record read.
 *
 * <pre>
 *   marks of all operators -- {@link io.searchloop.jobs.ledger.LedgerOperator} (one instance)
 *                             -- before each checkpoint barrier --> one Ledger record a partition
 * </pre>
 *
 * <p>Because the records leave before the barrier, they commit in the transaction of the tuples
 * they speak of. One task thread.
 */
@NullMarked
package io.searchloop.jobs.ledger;

import org.jspecify.annotations.NullMarked;
