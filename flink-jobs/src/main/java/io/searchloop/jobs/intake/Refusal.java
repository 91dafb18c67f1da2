package io.searchloop.jobs.intake;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.json.FieldFault;

/**
 * Why a record cannot be used.
 *
 * @param reason typed reason
 * @param detail what was found, what was expected, and the remedy
 */
record Refusal(DeadLetterReason reason, String detail) {
  static Refusal of(FieldFault fault) {
    return new Refusal(fault.reason(), fault.detail());
  }
}
