/**
 * What each rollout of a multileaved page earns.
 *
 * <pre>
 *   decision -- {@link io.searchloop.learning.credit.PageCredit} --> weight of a click on a product, for each rollout
 * </pre>
 *
 * <p>{@link io.searchloop.learning.credit.PageCredit} is the entry. Immutable values; any thread.
 */
@NullMarked
package io.searchloop.learning.credit;

import org.jspecify.annotations.NullMarked;
