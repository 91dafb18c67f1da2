/**
 * What is asked of the engine: evaluation, rewards and serving ask here, so that what is served is
 * what was judged.
 *
 * <pre>
 *   typed query --&gt; FusedSearch (spelling checker, once) --&gt; FusedQuery --with rewrites--&gt; one SearchQuery
 * </pre>
 *
 * <p>{@link io.searchloop.search.query.FusedSearch} is the entry. It owns no thread.
 */
@NullMarked
package io.searchloop.search.query;

import org.jspecify.annotations.NullMarked;
