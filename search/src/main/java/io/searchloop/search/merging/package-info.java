/**
 * How a typed query and its rewrites become one search.
 *
 * <pre>
 *   typed terms, rewrite terms --> Fusion --> weight of every term --> SearchEngine
 * </pre>
 *
 * <p>{@link io.searchloop.search.merging.Fusion} is the entry: pure functions, no thread of their
 * own. Terms arrive analysed; nothing here knows an engine.
 */
@NullMarked
package io.searchloop.search.merging;

import org.jspecify.annotations.NullMarked;
