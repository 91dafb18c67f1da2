/** Releases by offset with what they earned, what is known of each, and the actions on them. */

import {$, announce, brief, count, figure, h, interval, lineage, moment, s, show, table, time, version} from './dom.js';
import {ask, tell} from './ask.js';
import {post} from './api.js';
import {headWords} from './flow.js';

const STEP = {least: 34, most: 60};
const LEFT = 92;
const REWARD = {top: 12, height: 84};
const LANE = 34;
const SHOWN = 120;
const DECISIONS = 12;
const FIGURES = {
  entropy: 'entropy of sampled tokens, nats', golden_loss: 'NDCG lost on golden queries', golden_ndcg: 'NDCG on golden queries',
  golden_typed_ndcg: 'NDCG of the same as typed', kl_to_anchor: 'KL to the warm start, nats', latency_ms: 'latency of the graph, ms',
  length_ratio: 'length against the query', logprob_gap: 'log-probability gap, worker to trainer', parity: 'export’s difference of logits',
  precision_kl: 'KL lost to smaller weights', precision_logits: 'logits lost to smaller weights',
  validity_greedy: 'valid rewrites, likeliest', validity_sampled: 'valid rewrites, sampled'
};
/** Intervals of fewer searches are too wide to set the scale. */
const ENOUGH = 30;
let latest = null;
let chosen = null;
let following = true;
let step = STEP.least;
let acts = false;
let refresh = () => {};

export function allow(actions, again) {
  acts = actions;
  refresh = again;
}

export function policies(timeline) {
  latest = timeline;
  const gone = !timeline.releases.some(release => release.version === chosen);
  if (gone || (following && !$('chosen').contains(document.activeElement))) {
    chosen = timeline.head.active_version >= 0 ? timeline.head.active_version : timeline.releases.at(-1)?.version ?? null;
  }
  tell(`Upon head ${version(timeline.head.head_offset)}: ${headWords(timeline.head)}.`);
  graph();
  detail();
  decisions();
  freezer();
}

function freezer() {
  const button = $('freeze');
  button.hidden = !acts;
  button.textContent = latest.head.frozen ? 'Unfreeze promotions' : 'Freeze promotions';
}

function scale(releases) {
  const known = releases.filter(({reward}) => reward.mean !== null);
  const sure = known.filter(({reward}) => reward.count >= ENOUGH);
  const ends = (sure.length ? sure : known).flatMap(({reward}) => [reward.low ?? reward.mean, reward.high ?? reward.mean]);
  const low = Math.min(0, ...ends);
  const high = Math.max(1e-6, ...ends);
  return {low, high, y: value => REWARD.top + REWARD.height * (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low))};
}

function whisker(release, x, to) {
  const {mean, low, high} = release.reward;
  if (mean === null) return null;
  return s('g', {class: 'whisker'},
    low === null ? null : s('line', {x1: x, x2: x, y1: to.y(low), y2: to.y(high)}),
    s('circle', {cx: x, cy: to.y(mean), r: 2.5}));
}

function kind(release) {
  const head = latest.head;
  if (release.refused) return 'refused';
  if (release.version === head.active_version) return 'active';
  return head.candidate.version === release.version ? 'trial' : 'plain';
}

function words(release) {
  const state = {refused: `refused: ${release.refused}`, active: 'serves', trial: 'on trial', plain: 'released'}[kind(release)];
  const reward = release.reward.mean === null ? '' : `, reward ${interval(release.reward)}`;
  return `Version ${release.version}, lineage ${lineage(release.lineage)}, step ${release.step}, ${state}${reward}`;
}

function dot(release, x, y) {
  const of = kind(release);
  return s('g', {
    class: `dot ${of}${release.version === chosen ? ' chosen' : ''}`, role: 'option', 'data-key': `v${release.version}`,
    'aria-selected': String(release.version === chosen), 'aria-label': words(release),
    tabindex: release.version === chosen ? 0 : -1, onclick: () => choose(release.version)
  },
    s('rect', {x: x - step / 2, y: y - LANE / 2, width: step, height: LANE, class: 'hit'}),
    s('circle', {cx: x, cy: y, r: 11, class: 'halo'}),
    s('circle', {cx: x, cy: y, r: 6, class: 'mark'}),
    of === 'refused' ? s('path', {d: `M${x - 3} ${y - 3}l6 6m0 -6l-6 6`, class: 'cross'}) : null);
}

function graph() {
  const releases = latest.releases.slice(-SHOWN);
  const box = $('timeline');
  step = Math.max(STEP.least, Math.min(STEP.most, Math.floor((box.clientWidth - LEFT) / Math.max(1, releases.length))));
  const shown = [releases.map(r => [r.version, r.reward.count]), latest.head, chosen, step];
  const atEnd = box.scrollLeft + box.clientWidth > box.scrollWidth - 40;
  show(box, shown, () => {
    if (releases.length === 0) return h('p', {class: 'fine'}, 'No release yet.');
    const lanes = [...new Set(releases.map(release => release.lineage))];
    const base = REWARD.top + REWARD.height + 30;
    const x = i => step / 2 + i * step;
    const y = release => base + lanes.indexOf(release.lineage) * LANE;
    const place = new Map(releases.map((release, i) => [release.version, {x: x(i), y: y(release)}]));
    const to = scale(releases);
    const bottom = base + (lanes.length - 1) * LANE + 40;
    const width = releases.length * step;
    const origin = releases.map(release => {
      const from = place.get(release.parent);
      const here = place.get(release.version);
      if (!from) return null;
      const bend = from.y === here.y ? `L${here.x} ${here.y}` : `C${from.x} ${here.y} ${from.x} ${here.y} ${here.x} ${here.y}`;
      return s('path', {d: `M${from.x} ${from.y} ${bend}`, class: 'origin'});
    });
    const labels = s('svg', {width: LEFT, height: bottom, class: 'labels', 'aria-hidden': 'true'},
      s('text', {x: LEFT - 14, y: to.y(to.high) + 4, class: 'small', 'text-anchor': 'end'}, figure(to.high, 2)),
      s('text', {x: LEFT - 14, y: to.y(0) + 4, class: 'small', 'text-anchor': 'end'}, '0'),
      lanes.map((lane, i) => s('text', {x: LEFT - 14, y: base + i * LANE + 4, class: 'small', 'text-anchor': 'end'}, `lineage ${lineage(lane)}`)));
    return [labels, s('svg', {width, height: bottom, viewBox: `0 0 ${width} ${bottom}`, role: 'listbox', 'aria-label': 'Releases by offset', onkeydown: move},
      s('line', {x1: 0, x2: width, y1: to.y(0), y2: to.y(0), class: 'axis'}),
      releases.map((release, i) => whisker(release, x(i), to)),
      origin,
      releases.map((release, i) => dot(release, x(i), y(release))),
      releases.map((release, i) => s('text', {x: x(i), y: bottom - 10, class: 'small', 'text-anchor': 'middle'}, String(release.version))))];
  });
  if (atEnd) box.scrollLeft = box.scrollWidth;
}

function move(event) {
  const releases = latest.releases.slice(-SHOWN);
  const at = releases.findIndex(release => release.version === chosen);
  const next = {ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: releases.length - 1}[event.key];
  if (next === undefined) return;
  event.preventDefault();
  choose(releases[Math.max(0, Math.min(releases.length - 1, next))].version);
}

function choose(found) {
  chosen = found;
  following = false;
  graph();
  detail();
  const mark = $('timeline').querySelector('.chosen');
  mark?.focus();
  mark?.scrollIntoView({block: 'nearest', inline: 'nearest'});
}

const verb = decision => decision.action.toLowerCase() + (decision.action === 'CANARY' ? ` ${decision.percent} %` : '');

function facts(release) {
  const refused = Object.entries(release.refused_minibatches).map(([why, n]) => `${n} ${why}`).join(', ');
  return [
    ['Committed', time(release.committed_at)],
    ['Lineage, step', `${lineage(release.lineage)}, ${count(release.step)}`],
    ['Trained from', release.parent < 0 ? release.origin : `version ${release.parent} (${release.origin})`],
    ['Minibatches', `[${release.from_minibatch}, ${release.to_minibatch}), ${release.trained_minibatches} trained${refused ? ', left out: ' + refused : ''}`],
    ['Travels as', `${release.form}, ${count(Math.round(release.bytes / 1024))} KiB`],
    ['Reward per search', release.reward.mean === null ? 'no search read yet' : `${interval(release.reward)} over ${count(release.reward.count)}`],
    ['Release id', h('code', {}, release.release_id)],
    ['Code', release.code_version]
  ];
}

/** What the gate demanded of a figure; releases of earlier versions do not tell. */
function bound(release, name) {
  const words = release.config[`gate.${name}`];
  return words ? h('span', {class: 'fine'}, ` ${words.replace(/[\d.]+(E-?\d+)?$/, number => brief(Number(number)))}`) : null;
}

function actions(release) {
  const head = latest.head;
  const frozen = head.frozen ? 'Promotions are frozen' : null;
  const other = release.lineage !== head.lineage ? 'Of an earlier lineage: only a rollback puts it back' : null;
  const serves = release.version === head.active_version ? 'It serves already' : null;
  const why = serves ?? frozen ?? other;
  return h('div', {class: 'row'},
    h('button', {type: 'button', class: 'danger', 'data-key': 'rollback', onclick: () => rollBack(release)}, `Roll back to ${release.version}`),
    h('button', {type: 'button', 'data-key': 'promote', disabled: why !== null, title: why, onclick: () => promote(release)}, 'Promote'),
    h('button', {type: 'button', class: 'quiet', 'data-key': 'canary', disabled: why !== null, title: why, onclick: () => canary(release)}, 'Try on a share'),
    why === null ? null : h('span', {class: 'fine'}, why + '.'));
}

function detail() {
  const release = latest.releases.find(one => one.version === chosen);
  show($('chosen'), [release ?? null, latest.head, acts], () => {
    if (!release) return [];
    const about = latest.decisions.filter(decision => decision.version === release.version);
    const state = {refused: 'refused', active: 'serves', trial: 'on trial', plain: ''}[kind(release)];
    return [
      h('div', {class: 'titled'},
        h('h3', {}, `Version ${release.version}`, state ? h('span', {class: 'tag ' + kind(release)}, state) : null),
        acts && !release.refused ? actions(release) : null),
      release.refused ? h('p', {class: 'problem'}, release.refused) : null,
      h('div', {class: 'split even'},
        h('dl', {class: 'facts'}, facts(release).map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]).flat()),
        h('div', {},
          h('h4', {}, 'Guardrails of the release gate'),
          Object.keys(release.gate).length === 0 ? h('p', {class: 'fine'}, 'No gate was asked.')
            : h('dl', {class: 'figures one'}, Object.entries(release.gate).map(([name, value]) => [h('dt', {title: name}, FIGURES[name] ?? name.replaceAll('_', ' ')), h('dd', {}, brief(value), bound(release, name))]).flat()),
          about.length === 0 ? null : h('h4', {}, 'Decided about it'),
          h('ul', {class: 'plain'}, about.slice(-4).map(decision =>
            h('li', {}, `${moment(decision.at)} ${verb(decision)} by ${decision.who}: ${decision.why}${decision.effective ? '' : ' (void)'}`)))))
    ];
  });
}

function decisions() {
  const newest = latest.decisions.slice(-DECISIONS).reverse();
  const heads = [{text: 'Head', number: true}, 'Time', 'Decision', {text: 'Version', number: true}, 'Who', {text: 'Why', class: 'wrap'}];
  show($('decisions'), newest, () => table($('decisions'), `The newest ${newest.length} of ${latest.decisions.length} read; the control log has them all.`, heads, newest.map(decision => ({
    attributes: {class: decision.effective ? null : 'void'},
    cells: [String(decision.offset), time(decision.at),
      verb(decision) + (decision.effective ? '' : ', void'),
      decision.version < 0 ? '' : String(decision.version), decision.who,
      decision.effective ? decision.why : `${decision.why} (${decision.reason})`]
  }))));
}

function order(question, body, done) {
  const seen = latest.head.head_offset;
  ask(question, async ({who, why, percent}) => {
    const wanted = {...body, who, why};
    if (question.percent) wanted.percent = percent;
    const answer = await post('/api/policy', {...wanted, expected_head: seen});
    announce(`${done} Record ${answer.verdict.offset} of the control log.`);
    refresh();
  });
  tell(`Upon head ${version(latest.head.head_offset)}: ${headWords(latest.head)}.`);
}

function rollBack(release) {
  order({
    title: `Roll back to version ${release.version}?`, yes: `Roll back to ${release.version}`, danger: true,
    text: 'Every worker serves it within a second. A new lineage begins: the trainer goes on from its weights, trials end, and nothing released before can be promoted any more.'
  }, {action: 'ROLLBACK', version: release.version}, `Rolled back to version ${release.version}.`);
}

function promote(release) {
  order({
    title: `Promote version ${release.version}?`, yes: `Promote ${release.version}`,
    text: 'It serves all visitors of the learning arm. The trial of it and of older versions ends.'
  }, {action: 'PROMOTE', version: release.version}, `Promoted version ${release.version}.`);
}

function canary(release) {
  order({
    title: `Try version ${release.version} on a share of visitors?`, yes: 'Begin the trial', percent: true,
    text: 'Always the same visitors see it. Visitors are then compared, if the loop runs with health.promotion=canary.'
  }, {action: 'CANARY', version: release.version}, `Version ${release.version} is on trial.`);
}

$('freeze').addEventListener('click', () => {
  const frozen = latest.head.frozen;
  order({
    title: frozen ? 'Unfreeze promotions?' : 'Freeze promotions?', yes: frozen ? 'Unfreeze' : 'Freeze',
    text: frozen ? 'Releases are promoted and tried again.' : 'No release is promoted or tried until you unfreeze. What serves goes on serving, learning goes on, rollbacks work.'
  }, {action: frozen ? 'UNFREEZE' : 'FREEZE'}, frozen ? 'Promotions go on.' : 'Promotions are frozen.');
});
