package io.searchloop.search.engine;

/**
 * Everything that an engine in process can be asked: texts that are analysed ({@link SearchQuery}),
 * terms that already are ({@link TermWeights}), or alternatives that must be met ({@link
 * BooleanForm}). Engines behind a network take texts alone ({@link SearchEngine}).
 */
public sealed interface QueryForm permits SearchQuery, TermWeights, BooleanForm {}
