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
    mark(record, LedgerMark.READ, context);
    DeadLetter refused = record.refused();
    if (refused == null) {
      usable.collect(record);
    } else {
      mark(record, LedgerMark.DEAD_LETTER, context);
      context.output(SideOutputs.DEAD_LETTERS, refused);
    }
  }

  private static void mark(SourceRecord record, LedgerMark mark, Context context) {
    context.output(
        SideOutputs.LEDGER,
        new LedgerEntry(record.topic(), record.partition(), record.offset(), mark));
  }
}
