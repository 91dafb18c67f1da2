/**
 * What a shop insists on, whatever a policy has learned: docs/rules.md.
 *
 * <pre>
 *   serving.rules=FILE --&gt; RulesFile (refused whole, line by line) --&gt; Rules --&gt; RuleBook, read again on change
 *   query --&gt; pinned or never rewritten: every arm alike, nothing is sampled
 *   rollout, correction, suggestion --&gt; refused by a keep or a block rule: never searched, never shown
 * </pre>
 *
 * <p>{@link io.searchloop.streams.rules.RuleBook} is the entry; any thread may ask. It owns one
 * thread, which looks at the file.
 */
@NullMarked
package io.searchloop.streams.rules;

import org.jspecify.annotations.NullMarked;
