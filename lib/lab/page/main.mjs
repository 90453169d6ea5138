// Starts the lab: unpacks what the page carries, and shows the page that the address names.
import {byId, make} from '../../report/page/dom.mjs';
import {withShared} from '../../report/page/shared.mjs';
import {inflate} from '../../report/page/texts.mjs';
import {serve, startWorker} from '../../report/page/worker.mjs';
import {Model} from '../../web/model.mjs';
import {safetensors} from '../../web/safetensors.mjs';

import {blockPage} from './block.mjs';
import {cachePage} from './cache.mjs';
import {frequenciesPage} from './frequencies.mjs';
import {fusionPage} from './fusion.mjs';
import {gqaPage} from './gqa.mjs';
import {OpModel, placeWeights} from './opmodel.mjs';
import {Ops} from './ops.mjs';
import {pageStorage, Progress} from './progress.mjs';
import {progressBox} from './progressview.mjs';
import {rmsnormPage} from './rmsnorm.mjs';
import {rotaryPage} from './rotary.mjs';
import {swigluPage} from './swiglu.mjs';
import {Tokenizer} from './tokenizer.mjs';
import {wholePage} from './whole.mjs';

const PAGES = [rmsnormPage, rotaryPage, frequenciesPage, gqaPage, cachePage, swigluPage, blockPage, fusionPage, wholePage];

const bytesIn = id => inflate(byId(id).textContent);
const textIn = async id => new TextDecoder().decode(await bytesIn(id));
const jsonIn = async id => JSON.parse(await textIn(id));

// One prompt of each kind.
function promptsOf(text) {
  const kinds = new Map();
  for (const prompt of text.trim().split('\n').map(line => JSON.parse(line)))
    if (!kinds.has(prompt.kind)) kinds.set(prompt.kind, prompt);
  return [...kinds.values()];
}

// All that pages work with. The model and what is large are made when first asked for.
async function openLab(program) {
  const [about, opsCode, opsFacts, modelCode, modelFacts, weights, tokenizer, prompts, definitions] = await Promise.all([
    jsonIn('lab'), bytesIn('ops-code'), jsonIn('ops-facts'), bytesIn('model-code'), jsonIn('model-facts'), bytesIn('weights'), jsonIn('tokenizer'),
    textIn('prompts'), jsonIn('definitions')
  ]);
  const ops = await Ops.load(opsCode, opsFacts), tensor = safetensors(weights);
  const compiledModel = () => Model.load(modelCode, modelFacts, tensor);
  let model = null;
  return {
    about,
    sizes: about.sizes,
    ops,
    tensor,
    definitions,
    broken: new Map(),
    ask: startWorker(program),
    tokenizer: new Tokenizer(tokenizer),
    prompts: promptsOf(prompts),
    progress: new Progress(pageStorage()),
    model: () => model ??= new OpModel(ops, about.sizes, placeWeights(ops, tensor)),
    compiled: await compiledModel(),
    compiledModel,
    sets: async () => withShared(await jsonIn('fusion-sets'))
  };
}

async function startLab(program) {
  const lab = await openLab(program), built = new Map();
  const links = PAGES.map(({id, name}) => make('a', {href: `#page=${id}`, text: name}));
  byId('pages').replaceChildren(...links);
  const show = async () => {
    document.body.dataset.state = 'busy';
    const wanted = new URLSearchParams(location.hash.slice(1)).get('page');
    const page = PAGES.find(({id}) => id === wanted) ?? rotaryPage;
    if (!built.has(page.id)) built.set(page.id, await page.build(lab));
    byId('main').replaceChildren(built.get(page.id));
    links.forEach((link, at) => PAGES[at] === page ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current'));
    document.title = `${page.name}: the Cria lab`;
    scrollTo(0, 0);
    document.body.dataset.state = 'ready';
  };
  byId('progress').replaceChildren(progressBox(lab.progress, () => {
    built.clear();
    return show();
  }));
  addEventListener('hashchange', show);
  await show();
  document.body.dataset.ready = Math.round(performance.now());
}

if (globalThis.document)
  startLab(document.currentScript.textContent);
else if (globalThis.WorkerGlobalScope)
  serve(globalThis);
