package io.searchloop.app.bench.attribution;

/**
 * One measured run.
 *
 * @param round round it belongs to
 * @param contender who ran
 * @param openImpressions impressions open throughout the measured part
 * @param figures what it took
 * @param brokerCpuMicrosPerRecord CPU of the process with broker and registry over the whole run,
 *     for each record of the backlog
 */
record AttributionRun(
    int round,
    String contender,
    long openImpressions,
    RunFigures figures,
    double brokerCpuMicrosPerRecord) {}
