package io.searchloop.learning.oracle;

/**
 * Names a line of an order.
 *
 * @param orderId the order
 * @param line line within it, from one
 */
record OrderLine(String orderId, int line) {}
