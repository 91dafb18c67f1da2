#!/usr/bin/env bash
# Starts the jobs that do not run yet, each from its newest retained checkpoint. Running it twice
# is harmless; two copies of one job would end each other's transactions.
#   submit-jobs.sh JOBMANAGER:PORT SETTINGS.properties [CHECKPOINT_FOLDER]
set -euo pipefail
jobmanager=${1:?expected JOBMANAGER:PORT}
settings=${2:?expected a file of settings}
checkpoints=${3:-/flink/checkpoints}
jar=${SEARCHLOOP_JOBS_JAR:-/opt/flink/usrlib/searchloop-jobs.jar}

running=$(flink list -m "$jobmanager")

submit() {
  local name=$1 main=$2 newest
  if grep -qF " : $name (" <<< "$running"; then
    echo "Job $name runs already"
    return
  fi
  mkdir -p "$checkpoints/$name"
  newest=$(find "$checkpoints/$name" -path '*/chk-*/_metadata' -printf '%T@ %h\n' | sort -n | tail -1 | cut -d' ' -f2-)
  echo "Job $name starts ${newest:+from $newest}"
  flink run -d -m "$jobmanager" ${newest:+-s "$newest"} \
    -D execution.checkpointing.dir="file://$checkpoints/$name" -c "$main" "$jar" "$settings"
}

submit reward io.searchloop.jobs.launch.RewardJobMain
submit minibatch io.searchloop.jobs.launch.MinibatchJobMain
submit policy-health io.searchloop.jobs.launch.PolicyHealthJobMain
