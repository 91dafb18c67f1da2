/** Begins everything: asks the server again and again and hands the answers to the sections. */

import {$} from './dom.js';
import {poll} from './api.js';
import {actAs} from './ask.js';
import {allow, policies} from './policies.js';
import {arms, rewards} from './rewards.js';
import {configs} from './configs.js';
import {examples, onTrace, onWanted, wanted} from './examples.js';
import {flow, headWords} from './flow.js';
import {letters, replay, replayable} from './letters.js';
import {trace} from './trace.js';

const STALE_SECONDS = 6;
let picture = null;
let begun = false;

function alarm(text) {
  const element = $('alarm');
  if (element.textContent === text) return;
  element.textContent = text;
  element.hidden = text === '';
}

const away = () => alarm('The console does not answer. What you see is from before.');

function warnings(found) {
  const age = (new Date(found.now) - new Date(found.picture.at)) / 1000;
  if (age > STALE_SECONDS) return `The console has not read the loop for ${Math.round(age)} s; its log says why. What you see is from before.`;
  return found.picture.silent_seconds > STALE_SECONDS ? `Kafka has not answered for ${found.picture.silent_seconds} s. What you see is from before.` : '';
}

function signedIn(user) {
  if (!user) return;
  actAs(user.name);
  $('me').textContent = `Signed in as ${user.name}, ${user.role.toLowerCase()}`;
  $('me').hidden = false;
}

function begin(acts, user) {
  begun = true;
  signedIn(user);
  const policyNow = poll('/api/policies', 1500, policies);
  allow(acts, policyNow);
  poll('/api/rewards', 3000, rewards);
  onWanted(poll(wanted, 2000, examples));
  poll('/api/dead-letters', 3000, letters);
  replayable(acts, poll('/api/replay', 1500, replay));
  const configurations = () => configs(acts).catch(() => {}).finally(() => setTimeout(configurations, 15000));
  configurations();
}

poll('/api/loop', 1000, found => {
  picture = found.picture;
  alarm(warnings(found));
  $('head').textContent = headWords(picture.head) + '.';
  flow(picture);
  arms(picture);
  if (!begun) begin(found.takes_actions, found.user);
}, away);

onTrace(trace);
new ResizeObserver(() => { if (picture) flow(picture); }).observe($('flow'));
