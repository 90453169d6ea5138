import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';
import {modules, pack, program} from './pack.mjs';

const folder = new URL('../../lib/report/page/', import.meta.url);
const sources = modules().map(name => [name, readFileSync(new URL(name, folder), 'utf8')]);

test('all modules are listed, after those they import', () => {
  assert.deepEqual([...modules()].sort(), readdirSync(folder).filter(name => name.endsWith('.mjs')).sort());
  sources.forEach(([name, text], at) => {
    for (const [, used] of text.matchAll(/ from '\.\/(.*)';/g))
      assert.ok(modules().indexOf(used) >= 0 && modules().indexOf(used) < at, `${name} imports ${used}`);
  });
});

test('modules are short, and do not close their script', () => {
  for (const [name, text] of sources) {
    assert.ok(text.split('\n').length < 150, name);
    assert.ok(!/<\/script|<!--/i.test(text), name);
  }
});

test('names of modules are unique, so that they can be joined', () => {
  const names = sources.flatMap(([, text]) => [...text.matchAll(/^(?:export )?(?:async )?(?:const|let|class|function) (\w+)/gm)].map(([, name]) => name));
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
});

test('joined, they are one classic script, which waits in silence where there is no page', () => {
  new vm.Script(program()).runInNewContext({});
});

test('a page holds style, data and script once', () => {
  const page = pack('<script id="report">$& $1</script>');
  assert.ok(!/<!--(style|data|script)-->/.test(page));
  assert.ok(page.includes('$& $1'));
});
