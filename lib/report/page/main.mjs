// Starts the page: reads the report, builds its views, follows the address and the keyboard.
import {readAddress, writeAddress} from './address.mjs';
import {byId, dataIn, make} from './dom.mjs';
import {actionOf, isTyping, KEYS} from './keys.mjs';
import {Kernels} from './kernels.mjs';
import {Passes} from './passes.mjs';
import {Roofline} from './roofline.mjs';
import {Sets} from './sets.mjs';
import {StudyView} from './study.mjs';
import {withShared} from './shared.mjs';
import {serve, startWorker} from './worker.mjs';

// The views that `report` has data for, in order of their tabs.
function viewsOf(report, ask, go) {
  const views = {};
  if (report.steps?.length) views.passes = ['Passes', new Passes(report, ask, go)];
  if (report.kernels?.length) views.kernels = ['Kernels', new Kernels(report, ask, go)];
  if (report.sets?.length) views.fusions = ['Fusions', new Sets(report, ask, go)];
  if (report.kernels?.length) views.roofline = ['Roofline', new Roofline(report, go)];
  if (report.study) views.study = ['Study', new StudyView(report)];
  return views;
}

function head(report) {
  const {model, target, command, criac} = report;
  const name = model?.name ?? report.study?.model ?? 'report';
  document.title = `${name}: ${report.study ? 'study' : 'compile report'}`;
  byId('title').textContent = name;
  byId('about').replaceChildren(...[command, target && `${target.triple}, ${target.cpu}`, criac].filter(Boolean).map(text => make('span', {text, title: text})));
  const facts = {...target?.facts, features: target?.features};
  byId('target').replaceChildren(...Object.entries(facts).filter(([, value]) => value !== undefined).flatMap(([key, value]) => [make('dt', {text: key}), make('dd', {text: Array.isArray(value) ? value.join(', ') : String(value)})]));
}

function bindKeys(views, current, go) {
  const names = Object.keys(views);
  const act = {
    nextPass: () => current()?.move?.(1), previousPass: () => current()?.move?.(-1),
    nextChange: () => current()?.view?.nextChange(1), previousChange: () => current()?.view?.nextChange(-1),
    find: () => current()?.find?.focus(), help: () => byId('help').showModal(),
    leave: () => current()?.view?.scroller.focus(),
  };
  document.addEventListener('keydown', event => {
    if (byId('help').open) return;
    const action = actionOf(event, isTyping(event.target));
    if (!action) return;
    if (action.startsWith('view')) {
      if (names[action.slice(4) - 1]) go({view: names[action.slice(4) - 1]});
    } else act[action]();
    event.preventDefault();
  });
  byId('keys').replaceChildren(...KEYS.flatMap(([key, does]) => [make('dt', {}, make('kbd', {text: key})), make('dd', {text: does})]));
  byId('help-button').addEventListener('click', act.help);
}

async function start(program) {
  const report = withShared(dataIn('report'));
  let place = readAddress(location.hash), shown = null;
  // A change of the address; `quiet` if the page shows it already.
  const go = (change, quiet) => {
    const fresh = change.view && change.view !== place.view;
    place = {...(fresh ? {entry: place.entry, context: place.context} : place), ...change};
    history.replaceState(null, '', writeAddress(place));
    if (!quiet) show();
  };
  const views = viewsOf(report, startWorker(program), go);
  const tabs = Object.entries(views).map(([name, [title]]) => make('a', {href: `#view=${name}`, text: title}));
  byId('views').replaceChildren(...tabs);
  const show = async () => {
    const name = views[place.view] ? place.view : Object.keys(views)[0];
    tabs.forEach((tab, at) => Object.keys(views)[at] === name ? tab.setAttribute('aria-current', 'page') : tab.removeAttribute('aria-current'));
    [, shown] = views[name];
    if (byId('main').firstChild !== shown.element) byId('main').replaceChildren(shown.element);
    document.body.dataset.view = name;
    document.body.dataset.state = 'busy';
    const began = performance.now();
    await shown.show(place);
    performance.measure('step', {start: began, end: performance.now()});
    document.body.dataset.state = 'ready';
  };
  head(report);
  addEventListener('hashchange', () => {
    place = readAddress(location.hash);
    show();
  });
  new ResizeObserver(() => (shown?.repaint ?? shown?.view?.refresh.bind(shown.view))?.()).observe(byId('main'));
  bindKeys(views, () => shown, go);
  await show();
  document.body.dataset.ready = Math.round(performance.now());
}

if (globalThis.document) start(document.currentScript.textContent);
else if (globalThis.WorkerGlobalScope) serve(globalThis);
