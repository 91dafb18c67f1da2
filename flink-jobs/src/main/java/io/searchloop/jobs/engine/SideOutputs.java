package io.searchloop.jobs.engine;

import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** What leaves the job's operators beside their main output. */
final class SideOutputs {
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", new AvroRecordTypeInfo<>(DeadLetter.class));
  static final OutputTag<LedgerEntry> LEDGER =
      new OutputTag<>("ledger", TypeInformation.of(LedgerEntry.class));

  private SideOutputs() {}
}
