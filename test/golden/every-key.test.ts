import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { composePage } from '../../scripts/formats/compose.ts';
import { geardPage } from '../../scripts/formats/geard.ts';
import { kubernetesPage } from '../../scripts/formats/kubernetes.ts';
import { quadletPage } from '../../scripts/formats/quadlet.ts';

const pages = { compose: composePage, quadlet: quadletPage, kubernetes: kubernetesPage, geard: geardPage };

/** The golden cases of a format, with what is told of them. */
async function casesOf(format: string): Promise<string> {
  const folder = path.join(import.meta.dirname, format);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  return (await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))).join('\n');
}

/** The tables of a page that its reader is made of. */
const tablesOf = (page: (typeof pages)[keyof typeof pages]) =>
  page.tables.filter(({ title }) => !title.startsWith('The way out'));

test.each(Object.entries(pages))(
  'every key in the tables of %s stands in a golden case',
  async (format, page) => {
    const cases = await casesOf(format);
    const missing = tablesOf(page).flatMap(({ title, rows }) =>
      rows
        .filter(({ name }) => !cases.includes(name) && name !== 'any other')
        .map(({ name }) => `${title}: ${name}`),
    );
    expect(missing).toEqual([]);
  },
);
