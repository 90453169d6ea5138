import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import test from 'node:test';
import vm from 'node:vm';
import {FOLDERS, modules, pack, program} from './pack.mjs';

for (const [folder, url] of Object.entries(FOLDERS)) {
  const names = modules(folder), own = names.filter(name => !name.startsWith('..'));
  const sources = names.map(name => [name, readFileSync(new URL(name, url), 'utf8')]);

  test(`${folder}: all modules are listed, after those they import`, () => {
    assert.deepEqual([...own].sort(), readdirSync(url).filter(name => name.endsWith('.mjs')).sort());
    const places = names.map(name => new URL(name, url).href);
    sources.forEach(([name, text], at) => {
      for (const [, used] of text.matchAll(/ from ['"](\..*)['"];/g)) {
        const place = places.indexOf(new URL(used, places[at]).href);
        assert.ok(place >= 0 && place < at, `${name} imports ${used}`);
      }
    });
  });

  test(`${folder}: modules are short, and do not close their script`, () => {
    for (const [name, text] of sources) {
      assert.ok(text.split('\n').length < 150, name);
      assert.ok(!/<\/script|<!--/i.test(text), name);
    }
  });

  test(`${folder}: names of modules are unique, so that they can be joined`, () => {
    const found = sources.flatMap(([, text]) => [...text.matchAll(/^(?:export )?(?:async )?(?:const|let|class|function) (\w+)/gm)].map(([, name]) => name));
    assert.deepEqual(found.filter((name, at) => found.indexOf(name) !== at), []);
  });

  test(`${folder}: each can be loaded alone, with all that it imports`, async () => {
    for (const name of names) assert.ok(await import(new URL(name, url).href), name);
  });

  test(`${folder}: joined, they are one classic script, which waits in silence where there is no page`, () => {
    new vm.Script(program(folder)).runInNewContext({});
  });
}

test('a page holds style, data and script once', () => {
  const page = pack('<script id="report">$& $1</script>');
  assert.ok(!/<!--(style|data|script)-->/.test(page));
  assert.ok(page.includes('$& $1'));
});
