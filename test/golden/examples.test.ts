import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseInstall } from '../../src/core/descriptor/parse-install.ts';
import type { EngineKind } from '../../src/core/model/container.ts';
import type { Instance } from '../../src/core/model/instance.ts';
import { resolveInstance } from '../../src/core/model/resolve.ts';
import { renderInstance } from '../../src/core/render/render.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

const examples = path.join(import.meta.dirname, '..', '..', 'examples');

const flags = { publish: ['8080:8080'] };
const shopFlags = {
  publish: ['127.0.0.1:8081:8080'],
  'env-file': ['shop.env'],
  memory: '256m',
  requires: ['web'],
  'health-cmd': 'wget -qO /dev/null http://127.0.0.1:8080/',
  'health-interval': '5s',
};

function instance(
  engine: EngineKind,
  name: string,
  given: Readonly<Record<string, string | string[]>>,
): Instance {
  const files = { 'shop.env': { text: 'GREETING=hello\nLANG=C.UTF-8\n' } };
  const surroundings = { environment: {}, directory: '/', files };
  const [request] = valueOf(parseInstall({ words: ['web:1', name], flags: given }, surroundings));
  if (request === undefined) throw new Error('no container');
  const environmentKeys = Object.keys(request.environment);
  return resolveInstance({
    app: request.app,
    container: request.container,
    spec: request.spec,
    name,
    engine,
    image: { reference: 'web:1', id: `sha256:${'e84c31f1'.repeat(8)}`, digest: null },
    imageConfig: {
      entrypoint: [],
      command: ['httpd'],
      user: '',
      environment: [],
      volumes: [],
      health: null,
      labels: {},
    },
    environmentKeys,
    environmentFile: environmentKeys.length === 0 ? null : '5f0e1c7a9b3d',
    hold: null,
  });
}

describe.each(['docker', 'podman'] as const)(
  'the example web renders the units beside it, with %s',
  (engine) => {
    const target = { systemdVersion: 257, engineCommand: `/usr/bin/${engine}`, liveRestore: false };
    const dependencies = new Map([['web', { hasCheck: false }]]);
    test.each([
      ['web', flags],
      ['shop', shopFlags],
    ])('%s', async (name, given) => {
      const units = valueOf(renderInstance(instance(engine, name, given), target, { dependencies }));
      for (const unit of units) {
        await expect(unit.text).toMatchFileSnapshot(
          path.join(examples, 'web', 'expected', engine, unit.name),
        );
      }
    });
  },
);
