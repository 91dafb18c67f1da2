/**
 * Accounts for every record read.
 *
 * <pre>
 *   marks of a task -- {@link io.searchloop.jobs.ledger.CountMarks} (chained to it)
 *                      -- before each barrier --> sums
 *   sums of all tasks -- {@link io.searchloop.jobs.ledger.LedgerOperator} (one instance)
 *                      -- before its barrier --> one Ledger record a partition
 * </pre>
 *
 * <p>Because the records leave before the barrier, they commit in the transaction of the tuples
 * they speak of. One task thread.
 */
@NullMarked
package io.searchloop.jobs.ledger;

import org.jspecify.annotations.NullMarked;
