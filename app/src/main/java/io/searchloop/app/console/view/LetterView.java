package io.searchloop.app.console.view;

import java.time.Instant;

/**
 * A dead letter without its bytes, which may hold a shopper's words.
 *
 * @param partition of the record that was refused; -1 when it never reached a topic
 * @param offset of that record
 * @param bytes length of its value
 */
public record LetterView(
    Instant at,
    String reason,
    String detail,
    String topic,
    int partition,
    long offset,
    String foundBy,
    int bytes) {}
