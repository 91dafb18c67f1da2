package io.searchloop.jobs.attribution;

/**
 * When a visitor must be looked at next.
 *
 * @param at instant, epoch milliseconds of event time
 * @param last whether nothing is due then but to drop what is known, unless the visitor is heard of
 *     before
 */
record NextLook(long at, boolean last) {}
