// Joins the page's modules into one classic script, as the build does, and packs a page of data.
//
// node pack.mjs DATA.html PAGE.html: DATA.html holds the data blocks.
import {readFileSync, writeFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

const root = new URL('../../lib/report/page/', import.meta.url);
const read = name => readFileSync(new URL(name, root), 'utf8');

export const modules = () => read('modules.txt').split('\n').filter(Boolean);

// All modules without `import` and `export`, which a classic script may not have.
export function program() {
  return modules().map(read).join('\n')
      .replace(/^import .*\n/gm, '').replace(/^export /gm, '');
}

export function pack(data) {
  const parts = {style: `<style>\n${read('page.css')}</style>`, data,
                 script: `<script>\n${program()}</script>`};
  return read('page.html').replace(/<!--(style|data|script)-->/g, (_, part) => parts[part]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [data, page] = process.argv.slice(2);
  writeFileSync(page, pack(readFileSync(data, 'utf8')));
}
