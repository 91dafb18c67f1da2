package io.searchloop.app.judge;

/**
 * MiniELM's three terms of one page, each from 0 to 1.
 *
 * @param relevance the judge's
 * @param diversity products that the page without a rewrite lacks, see {@link Page#newBeside}
 * @param engagement see {@link Opinion#engagement}
 */
public record JudgeTerms(double relevance, double diversity, double engagement) {}
