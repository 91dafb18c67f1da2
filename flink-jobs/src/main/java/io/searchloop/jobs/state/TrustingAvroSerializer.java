package io.searchloop.jobs.state;

import io.searchloop.schemas.serde.TrustedClasses;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.formats.avro.typeutils.AvroSerializer;

/**
 * Flink's serializer, which brings the permission to make our records along to a TaskManager:
 * there, unpacking it is the first thing that happens to a job's code.
 */
final class TrustingAvroSerializer<T extends SpecificRecordBase> extends AvroSerializer<T> {
  private static final long serialVersionUID = 1L;

  static {
    TrustedClasses.trust();
  }

  TrustingAvroSerializer(Class<T> type) {
    super(type);
  }
}
