package io.searchloop.app.launcher;

import java.util.List;

/**
 * A refusal with the error code Confluent clients expect; its first three digits are the status.
 */
final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  private RegistryException(int code, String message) {
    super(message);
    this.code = code;
  }

  static RegistryException subjectNotFound(String subject) {
    return new RegistryException(40401, "Subject '" + subject + "' not found.");
  }

  static RegistryException versionNotFound(String version) {
    return new RegistryException(40402, "Version " + version + " not found.");
  }

  static RegistryException schemaNotFound(String wanted) {
    return new RegistryException(40403, "Schema " + wanted + " not found.");
  }

  static RegistryException compatibilityNotConfigured(String subject) {
    return new RegistryException(
        40408, "Subject '" + subject + "' does not have subject-level compatibility configured.");
  }

  static RegistryException incompatible(String subject, List<String> details) {
    return new RegistryException(
        409,
        "Schema being registered is incompatible with an earlier schema for subject \""
            + subject
            + "\", details: "
            + details);
  }

  static RegistryException invalidSchema(String reason) {
    return new RegistryException(42201, "Invalid schema: " + reason);
  }

  static RegistryException invalidVersion(String version) {
    return new RegistryException(
        42202, "The specified version '" + version + "' is not a number from 1, or \"latest\".");
  }

  static RegistryException invalidLevel(String level) {
    return new RegistryException(
        42203,
        "Invalid compatibility level '"
            + level
            + "'. Valid values are none, backward, forward, full, backward_transitive,"
            + " forward_transitive, and full_transitive.");
  }

  static RegistryException invalidMode(String mode) {
    return new RegistryException(
        42204, "Invalid mode '" + mode + "'. The embedded registry knows READWRITE and IMPORT.");
  }

  static RegistryException notPermitted(String reason) {
    return new RegistryException(42205, reason);
  }

  static RegistryException malformedRequest(String reason) {
    return new RegistryException(400, "Malformed request: " + reason);
  }

  static RegistryException noSuchPath(String method, String path) {
    return new RegistryException(
        404, "The embedded registry does not offer " + method + " " + path + ".");
  }

  int code() {
    return code;
  }

  /** HTTP status. */
  int status() {
    return code < 1000 ? code : code / 100;
  }
}
