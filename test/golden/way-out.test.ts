import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readApps } from '../../src/cli/read-apps.ts';
import { readCompose } from '../../src/core/descriptor/compose/read-compose.ts';
import { writeCompose } from '../../src/core/descriptor/compose/write-compose.ts';
import { nativeApp } from '../../src/core/descriptor/export/native-app.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';
import type { AppRequest } from '../../src/core/model/app.ts';
import { writeQuadlet } from '../../src/core/descriptor/quadlet/write-quadlet.ts';
import { quadletOf } from '../support/quadlet.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

const root = path.join(import.meta.dirname, 'stacks');
const context = { directory: root, environment: {}, files: new Map() };
const options = { showEnv: true, fileSource: () => '/x' };

async function stackOf(name: string): Promise<AppRequest> {
  const { apps, failures } = await readApps({ paths: [path.join(root, name)], overlays: [] });
  const [app] = apps;
  if (app === undefined) throw new Error(failures.map(({ message }) => message).join('; '));
  return app;
}

/** What is declared without being used says nothing of what runs. */
const running = ({ containers, networks, app }: AppRequest) => ({ app, containers, networks });

describe.each((await readdir(root)).toSorted())('%s', (name) => {
  test('means the same as a Compose file, or says where it does not', async () => {
    const app = await stackOf(name);
    const { text, losses } = writeCompose(nativeApp(app, options).value);
    const bytes = new TextEncoder().encode(text);
    const document = valueOf(await readDocument([{ path: 'compose.yaml', bytes }], { variables: {} }));
    const back = valueOf(readNative(valueOf(readCompose(document, context)).document, context));
    if (losses.length === 0) expect(running(back)).toEqual(running(app));
    else expect(losses.map(({ key, verdict, words }) => `${key}: ${verdict}: ${words}`)).toMatchSnapshot();
  });

  test('means the same as Quadlet files, or says where it does not', async () => {
    const app = await stackOf(name);
    const { files, losses } = writeQuadlet(nativeApp(app, options).value);
    const back = valueOf(
      readNative(valueOf(quadletOf(files, { folder: `/srv/${app.app}` })).document, context),
    );
    if (losses.length === 0) expect(containersOf(back)).toEqual(containersOf(app));
    else expect(losses.map(({ key, verdict, words }) => `${key}: ${verdict}: ${words}`)).toMatchSnapshot();
  });
});

/** Quadlet gives each container a further name on its networks, which nobody has to use. */
function containersOf({ containers }: AppRequest) {
  return containers.map(({ spec: { networks, ...spec }, ...request }) => ({
    ...request,
    spec: {
      ...spec,
      networks: networks?.map((use) => ({
        ...use,
        aliases: use.aliases.filter((alias) => !alias.startsWith('systemd-')),
      })),
    },
  }));
}
