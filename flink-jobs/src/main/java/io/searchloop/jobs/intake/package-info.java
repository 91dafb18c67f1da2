/**
 * From bytes to usable records, or to dead letters with a reason.
 *
 * <pre>
 *   RawRecord -- {@link io.searchloop.jobs.intake.RecordDecoder} (decode, validate) --> SourceRecord
 *                                                 usable: decision or event
 *                                                 refused: dead letter with the original bytes
 * </pre>
 *
 * <p>Runs inside the sources, on Flink's source threads, so that watermarks follow the records' own
 * timestamps and no broken clock can reach them.
 */
@NullMarked
package io.searchloop.jobs.intake;

import org.jspecify.annotations.NullMarked;
