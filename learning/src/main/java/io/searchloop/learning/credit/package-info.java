/**
 * What each rollout of a multileaved page earns.
 *
 * <pre>
 *   decision -- {@link io.searchloop.learning.credit.PageCredit} --&gt; weight of a click on a product, for each rollout
 *                   |
 *   purchases -- {@link io.searchloop.learning.credit.OrdinalPurchases} --&gt; which rollout is before which
 *
 *   {@link io.searchloop.learning.credit.RawTeamDraftCredit}: the usual credit, only to compare with
 * </pre>
 *
 * <p>{@link io.searchloop.learning.credit.PageCredit} is the entry. Immutable values; any thread.
 */
@NullMarked
package io.searchloop.learning.credit;

import org.jspecify.annotations.NullMarked;
