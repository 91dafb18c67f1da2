/** The one dialogue before every action: what will happen, who asks for it, and why. */

import {$} from './dom.js';

const NAME = 'searchloop.who';
let current = null;
let user = null;

/** From now on actions are this user's, who need not say who he is. */
export function actAs(name) { user = name; }

function close() {
  current = null;
  $('ask').close();
}

/**
 * Opens the dialogue.
 * @param question title, text, yes (label), danger, percent (ask for a share), reason (ask who and why)
 * @param act called with who, why and percent; the dialogue stays open with what it throws
 */
export function ask(question, act) {
  const dialog = $('ask');
  const form = dialog.querySelector('form');
  current = {question, act};
  $('ask-title').textContent = question.title;
  $('ask-text').textContent = question.text;
  $('ask-head').textContent = '';
  $('ask-yes').textContent = question.yes;
  $('ask-yes').className = question.danger ? 'danger' : '';
  $('ask-yes').disabled = false;
  $('ask-problem').hidden = true;
  $('ask-fields').hidden = question.reason === false;
  form.elements.percent.closest('label').hidden = !question.percent;
  form.elements.who.closest('label').hidden = user !== null;
  form.elements.who.value = user ?? localStorage.getItem(NAME) ?? '';
  form.elements.why.value = '';
  dialog.showModal();
  if (question.reason !== false) {
    (form.elements.who.value ? form.elements.why : form.elements.who).focus();
  }
}

/** Shows what an action would be decided upon, while it changes. */
export function tell(text) {
  if (current && current.question.reason !== false) $('ask-head').textContent = text;
}

function refuse(text) {
  $('ask-problem').textContent = text;
  $('ask-problem').hidden = false;
}

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const who = form.elements.who.value.trim();
  const why = form.elements.why.value.trim();
  const {question, act} = current;
  if (question.reason !== false && (!who || !why)) {
    refuse('Say who you are and why: the control log keeps both.');
    (who ? form.elements.why : form.elements.who).focus();
    return;
  }
  if (question.reason !== false && user === null) localStorage.setItem(NAME, who);
  $('ask-yes').disabled = true;
  $('ask-problem').hidden = true;
  try {
    await act({who, why, percent: Number(form.elements.percent.value)});
    close();
  } catch (problem) {
    refuse(problem.message);
    $('ask-yes').disabled = false;
  }
}

$('ask').querySelector('form').addEventListener('submit', submit);
$('ask-no').addEventListener('click', close);
$('ask').addEventListener('cancel', () => { current = null; });
