/**
 * Completes what a shopper types, from what shoppers asked before and what the catalogue calls
 * things, each with the categories and brands it can be narrowed to.
 *
 * <pre>
 *   file of past queries --&gt; PastQuery (searches, reward) --+
 *   products --&gt; CataloguePhrases (brands, categories, titles) --+--&gt; Suggester --prefix--&gt; Suggestion with Scopes
 * </pre>
 *
 * <p>{@link io.searchloop.search.suggest.Suggester} is the entry: built with a catalogue epoch,
 * read by any thread (ADR 0045). It owns no thread.
 */
@NullMarked
package io.searchloop.search.suggest;

import org.jspecify.annotations.NullMarked;
