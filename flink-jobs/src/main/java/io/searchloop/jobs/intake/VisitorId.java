package io.searchloop.jobs.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What stands for a visitor inside the jobs: the first 16 bytes of a SHA-256. Short and of fixed
 * size, because keys are written with every entry of every checkpoint; wide enough that no two are
 * ever mixed up, by chance or on purpose.
 *
 * @param high first 8 bytes
 * @param low the next 8
 */
@TypeInfo(VisitorIdTypeInfo.Factory.class)
public record VisitorId(long high, long low) {
  /** Of a record that has no visitor. */
  public static final VisitorId NONE = new VisitorId(0, 0);

  /** The id of a name. */
  public static VisitorId of(String name) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      ByteBuffer digest = ByteBuffer.wrap(sha256.digest(name.getBytes(StandardCharsets.UTF_8)));
      return new VisitorId(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform provides SHA-256", e);
    }
  }

  /** All bits of a SHA-256 are equally good. */
  @Override
  public int hashCode() {
    return (int) low;
  }
}
