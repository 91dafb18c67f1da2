package io.searchloop.app.doctor;

import io.searchloop.app.doctor.Finding.State;
import java.util.List;

/**
 * Everything the doctor found.
 *
 * @param healthy whether there is no problem; warnings are none
 * @param findings in the order of the checks
 */
public record Diagnosis(boolean healthy, List<Finding> findings) {
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  static Diagnosis of(List<Finding> findings) {
    return new Diagnosis(
        findings.stream().noneMatch(finding -> finding.state() == State.PROBLEM), findings);
  }
}
