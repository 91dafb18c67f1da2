package io.searchloop.jobs.intake;

import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Lets Flink key by a {@link VisitorId} as it is. Every entry of state, every timer and every
 * lookup has a key, so it should be one object of two numbers and nothing more.
 */
public final class VisitorIdTypeInfo extends TypeInformation<VisitorId> {
  private static final long serialVersionUID = 1L;

  /** What {@link VisitorId} names as its type. */
  public static final class Factory extends TypeInfoFactory<VisitorId> {
    @Override
    public TypeInformation<VisitorId> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VisitorIdTypeInfo();
    }
  }

  @Override
  public TypeSerializer<VisitorId> createSerializer(SerializerConfig config) {
    return Serializer.INSTANCE;
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
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<VisitorId> getTypeClass() {
    return VisitorId.class;
  }

  @Override
  public boolean isKeyType() {
    return true;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof VisitorIdTypeInfo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VisitorIdTypeInfo;
  }

  @Override
  public int hashCode() {
    return VisitorIdTypeInfo.class.hashCode();
  }

  @Override
  public String toString() {
    return "VisitorId";
  }

  /** Sixteen bytes, high ones first. */
  static final class Serializer extends TypeSerializerSingleton<VisitorId> {
    private static final long serialVersionUID = 1L;
    private static final Serializer INSTANCE = new Serializer();

    /** What a checkpoint says of this serializer. Public and bare, because Flink makes it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<VisitorId> {
      public Snapshot() {
        super(() -> INSTANCE);
      }
    }

    @Override
    public boolean isImmutableType() {
      return true;
    }

    @Override
    public VisitorId createInstance() {
      return VisitorId.NONE;
    }

    @Override
    public VisitorId copy(VisitorId from) {
      return from;
    }

    @Override
    public VisitorId copy(VisitorId from, VisitorId reuse) {
      return from;
    }

    @Override
    public int getLength() {
      return 2 * Long.BYTES;
    }

    @Override
    public void serialize(VisitorId id, DataOutputView target) throws IOException {
      target.writeLong(id.high());
      target.writeLong(id.low());
    }

    @Override
    public VisitorId deserialize(DataInputView source) throws IOException {
      return new VisitorId(source.readLong(), source.readLong());
    }

    @Override
    public VisitorId deserialize(VisitorId reuse, DataInputView source) throws IOException {
      return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
      target.write(source, getLength());
    }

    @Override
    public TypeSerializerSnapshot<VisitorId> snapshotConfiguration() {
      return new Snapshot();
    }
  }
}
