/**
 * What is asked of the engine: evaluation, rewards and serving ask here, so that what is served is
 * what was judged.
 *
 * <pre>
 *   typed query --&gt; FusedSearch (spelling checker, once) --&gt; FusedQuery --with rewrites--&gt; one SearchQuery
 *   SearchRule (configuration) --over a catalogue's words--&gt; ServedSearch --&gt; ServedQuery: the fused query, or a REPLACE
 * </pre>
 *
 * <p>{@link io.searchloop.search.query.SearchRule} is the entry of what serves, {@link
 * io.searchloop.search.query.FusedSearch} of what judges. They own no thread.
 */
@NullMarked
package io.searchloop.search.query;

import org.jspecify.annotations.NullMarked;
