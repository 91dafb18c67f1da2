package io.searchloop.app.evaluation;

import io.searchloop.search.engine.QueryForm;

/**
 * What a strategy makes of a query.
 *
 * @param rewrite its text; the query itself when it has nothing to change
 * @param valid whether the answer obeyed the format; an invalid one is served as typed
 * @param form what is searched
 */
public record RewriteChoice(String rewrite, boolean valid, QueryForm form) {}
