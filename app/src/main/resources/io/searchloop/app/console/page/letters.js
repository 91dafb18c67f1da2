/** What could not be used, why, and what a replay makes of it now. */

import {$, announce, count, figure, h, show, table, time} from './dom.js';
import {ask} from './ask.js';
import {get, post} from './api.js';

const LINES = 8;
const SHOWN = 12;
let running = false;

const word = reason => reason.replaceAll('_', ' ');

export function letters(found) {
  const most = Math.max(1, ...Object.values(found.by_reason));
  show($('reasons'), found.by_reason, () => found.total === 0 ? h('p', {}, 'None: every record could be used.')
    : h('dl', {class: 'bars'}, Object.entries(found.by_reason).sort((a, b) => b[1] - a[1]).map(([reason, n]) => [
      h('dt', {}, word(reason)),
      h('dd', {}, h('meter', {min: 0, max: most, value: n, 'aria-label': word(reason)}), h('span', {class: 'n'}, count(n)))]).flat()));
  const heads = ['Time', 'Reason', {text: 'Where', class: 'where'}, {text: 'Bytes', number: true}, {text: 'What was wrong', class: 'wrap'}];
  show($('letters'), found.newest.slice(0, SHOWN), () => found.total === 0 ? []
    : table($('letters'), `The newest ${Math.min(SHOWN, found.newest.length)} of ${count(found.total)}. Their bytes stay on the topic: they may hold shoppers’ words.`, heads,
      found.newest.slice(0, SHOWN).map(letter => [time(letter.at), word(letter.reason),
        letter.offset < 0 ? letter.found_by : h('code', {}, `${letter.topic} ${letter.partition}/${letter.offset}`), count(letter.bytes), letter.detail])));
}

function report(found) {
  const {input, readmission, tuples, violations} = found;
  const facts = [
    ['Readmitted', count(input.readmitted ?? 0)],
    ['Still refused', Object.entries(readmission.refused).map(([reason, n]) => `${count(n)} ${word(reason)}`).join(', ') || 'none'],
    ['Tuples', `${count(tuples.base)} base, ${count(tuples.corrections)} corrections`],
    ['Gained by readmitted visitors', `${count(readmission.of_readmitted_visitors.new_rollouts)} rollouts new, ${count(readmission.of_readmitted_visitors.changed_rollouts)} changed, reward ${figure(readmission.of_readmitted_visitors.reward, 2)}`],
    ['Audit', violations.length === 0 ? 'clean' : violations.join(' ')],
    ['Topics', h('code', {}, found.prefix)]
  ];
  return h('dl', {class: 'facts'}, facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]).flat());
}

export function replay(found) {
  $('replay').disabled = found.state === 'RUNNING';
  if (running && found.state !== 'RUNNING') announce(found.state === 'CLEAN' ? 'The replay is done and clean.' : 'The replay failed; its last lines say why.');
  running = found.state === 'RUNNING';
  show($('replayed'), found, () => found.state === 'NONE' ? [] : h('div', {class: 'preview', 'data-state': found.state},
    h('h3', {}, {RUNNING: 'A replay runs', CLEAN: 'Replayed, clean', FAILED: 'The replay is not clean'}[found.state]),
    found.report ? report(found.report) : null,
    running || !found.report ? h('ul', {class: 'plain fine'}, found.lines.slice(-LINES).map(line => h('li', {}, line))) : null));
}

export function replayable(acts, again) {
  $('replay').hidden = !acts;
  $('replay').onclick = () => ask({
    title: 'Replay the dead letters?', yes: 'Replay', reason: false,
    text: 'All decisions and events run through the jobs once more, on topics of their own, in a process of its own. It takes memory and processor time from this machine while it runs.'
  }, async () => {
    replay(await post('/api/replay', {}));
    again();
  });
}
