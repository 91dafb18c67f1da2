package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.schemas.DeadLetter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Enters every record into the ledger and sets the unusable ones aside. */
final class ReceiveRecords extends ProcessFunction<SourceRecord, SourceRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(SourceRecord record, Context context, Collector<SourceRecord> usable) {
    context.output(SideOutputs.LEDGER, LedgerEntry.of(record, LedgerMark.READ));
    DeadLetter refused = record.refused();
    if (refused == null) {
      usable.collect(record);
    } else {
      context.output(SideOutputs.LEDGER, LedgerEntry.of(record, LedgerMark.DEAD_LETTER));
      context.output(SideOutputs.DEAD_LETTERS, refused);
    }
  }
}
