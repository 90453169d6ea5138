// Joins a page's modules into one classic script, as the build does, and packs a page of data.
//
// node pack.mjs DATA.html PAGE.html: a report, of which DATA.html holds the data blocks.
import {readFileSync, writeFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

// The folders that pages are made of.
export const FOLDERS = {report: new URL('../../lib/report/page/', import.meta.url), lab: new URL('../../lib/lab/page/', import.meta.url)};

const read = (folder, name) => readFileSync(new URL(name, FOLDERS[folder]), 'utf8');

export const modules = folder => read(folder, 'modules.txt').split('\n').filter(Boolean);

// All modules without `import` and `export`, which a classic script may not have.
export function program(folder) {
  return modules(folder).map(name => read(folder, name)).join('\n')
      .replace(/^import [^;]*;\n/gm, '').replace(/^export /gm, '');
}

export function pack(data) {
  const parts = {style: `<style>\n${read('report', 'page.css')}</style>`, data,
                 script: `<script>\n${program('report')}</script>`};
  return read('report', 'page.html').replace(/<!--(style|data|script)-->/g, (_, part) => parts[part]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [data, page] = process.argv.slice(2);
  writeFileSync(page, pack(readFileSync(data, 'utf8')));
}
