import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNative } from '../../../../../src/core/descriptor/native/read-native.ts';
import { quadletAppOf } from '../../../../support/quadlet.ts';

type Files = Readonly<Record<string, string>>;

const golden = path.join(import.meta.dirname, '../../../../golden/quadlet');
const cases = (await readdir(golden)).filter((name) => !name.startsWith('bad-'));
const named = { path: '/srv/shop/web.env', bytes: new TextEncoder().encode('A=1\n') };
const context = {
  directory: '/srv/shop',
  environment: {},
  files: new Map(['web.env', 'db.env'].map((name) => [`/srv/shop/${name}`, named])),
};

/** What says nothing in the cases, as it is what holds anyway, and what a nearer drop-in or a later line replaces. */
const saysNothing =
  /StartWithPod=true|WantedBy=|Notify=healthy|SecurityLabelDisable=false|Restart=no|DisableDNS=false|IPv6=false|IPAMDriver=host-local|Copy=true|ExitPolicy=stop|SetWorkingDirectory=yaml|PartOf=db\.service|drop-ins.*(Image=sleep:1|Memory=|Environment=A=1)|ImageTag=/;

describe.each(cases)('%s', (name) => {
  test('no line is dropped in silence', async () => {
    const files = await filesOf(name);
    const whole = await outcomeOf(files);
    const silent: string[] = [];
    for (const { file, line, at } of linesOf(files)) {
      if (line.startsWith('[')) continue;
      const key = line.split('=')[0] ?? '';
      const without = await outcomeOf(changed(files, file, (lines) => lines.toSpliced(at, 1)));
      const isTold = whole.told.some((told) => told.includes(file) && (told.endsWith(key) || told === file));
      if (!isTold && without.made === whole.made) silent.push(`${name}/${file}: ${line}`);
    }
    expect(silent.filter((line) => !saysNothing.test(line))).toEqual([]);
  });

  test('a key that a section does not have is told', async () => {
    const files = await filesOf(name);
    const whole = await outcomeOf(files);
    const silent: string[] = [];
    for (const { file, line, at } of linesOf(files)) {
      if (!line.startsWith('[')) continue;
      const more = changed(files, file, (lines) => lines.toSpliced(at + 1, 0, 'NoSuchKey=x'));
      const { made, told } = await outcomeOf(more);
      // A template is read as its instances, which are files of their own.
      const isTold = told.some((each) => each.includes('NoSuchKey') || each === file);
      if (!isTold && made === whole.made) silent.push(`${file}: ${line}`);
    }
    expect(silent.filter((line) => !line.startsWith('web@.container'))).toEqual([]);
  });
});

/** What is made of files, undefined where they are a mistake, and the keys of which something is told but that they are kept. */
async function outcomeOf(files: Files): Promise<{ readonly made: string; readonly told: readonly string[] }> {
  const app = await quadletAppOf(files);
  const native = app.ok ? readNative(app.value.document, context) : app;
  return {
    made: native.ok && app.ok ? JSON.stringify(app.value.document.value) : 'a mistake',
    told: app.ok
      ? app.value.losses
          .filter(({ key, verdict, words }) =>
            // Of a whole file it has to say that nothing becomes of it.
            key.includes(': ') ? verdict !== 'kept' : words.startsWith('left out'),
          )
          .map(({ key }) => key)
      : [],
  };
}

function linesOf(
  files: Files,
): readonly { readonly file: string; readonly line: string; readonly at: number }[] {
  return Object.entries(files).flatMap(([file, text]) =>
    /\.ya?ml$/.test(file)
      ? []
      : text
          .split('\n')
          .map((line, at) => ({ file, line, at }))
          .filter(({ line }) => !/^\s*([#;].*)?$/.test(line)),
  );
}

function changed(files: Files, file: string, change: (lines: readonly string[]) => readonly string[]): Files {
  return { ...files, [file]: change((files[file] ?? '').split('\n')).join('\n') };
}

async function filesOf(name: string): Promise<Files> {
  const folder = path.join(golden, name);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/expected/'));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(files.map((file, index) => [path.relative(folder, file), texts[index] ?? '']));
}
