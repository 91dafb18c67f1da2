/**
 * How a typed query and its rewrites become one search, or one page.
 *
 * <pre>
 *   typed terms, rewrite terms --&gt; {@link io.searchloop.search.merging.Fusion} --&gt; weight of every term --&gt; SearchEngine
 *
 *   lists of products --&gt; {@link io.searchloop.search.merging.TeamDraftMultileaver} --&gt; {@link io.searchloop.search.merging.TeamDraft} --seed--&gt; {@link io.searchloop.search.merging.MultileavedPage}
 *                                   |
 *           {@link io.searchloop.search.merging.ExaminationCurve} --&gt; {@link io.searchloop.search.merging.ExposureModel}: what every product can expect
 * </pre>
 *
 * <p>{@link io.searchloop.search.merging.Fusion} and {@link
 * io.searchloop.search.merging.TeamDraftMultileaver} are the entries: pure functions, no thread of
 * their own. Terms arrive analysed; nothing here knows an engine.
 */
@NullMarked
package io.searchloop.search.merging;

import org.jspecify.annotations.NullMarked;
