/**
 * Makes the page that a shopper sees, and completes the decision with what was on it.
 *
 * <pre>
 *   Choice.OneList, EngineOnly --retrieve--> page; rank of each product without the rewrite
 *   Choice.Merge --retrieve every list--> TeamDraftMultileaver, merge seed --> page, ranks, exposure
 *                   +-- too late, or a page too short: one of the same candidates, counted
 * </pre>
 *
 * <p>{@link io.searchloop.streams.page.PageMaker} is the entry; it runs on request threads and owns
 * none.
 */
@NullMarked
package io.searchloop.streams.page;

import org.jspecify.annotations.NullMarked;
