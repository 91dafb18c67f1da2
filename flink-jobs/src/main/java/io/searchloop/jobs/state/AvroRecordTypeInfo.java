package io.searchloop.jobs.state;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Lets Flink carry our Avro records, with Avro's own schema evolution in state. Flink's {@code
 * AvroTypeInfo} insists on setters, which our records do not have; the serializer beneath it does
 * not.
 */
public final class AvroRecordTypeInfo<T extends SpecificRecordBase> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;

  public AvroRecordTypeInfo(Class<T> type) {
    this.type = type;
  }

  /** Names this type on a field: {@code @TypeInfo(AvroRecordTypeInfo.Factory.class)}. */
  public static final class Factory<T extends SpecificRecordBase> extends TypeInfoFactory<T> {
    @Override
    @SuppressWarnings("unchecked") // the annotated field's type is the record's class
    public TypeInformation<T> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new AvroRecordTypeInfo<>((Class<T>) type);
    }
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new TrustingAvroSerializer<>(type);
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof AvroRecordTypeInfo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AvroRecordTypeInfo<?> that && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "Avro(" + type.getSimpleName() + ")";
  }
}
