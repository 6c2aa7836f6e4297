import { describe, expect, it } from 'vitest';
import { checkApps } from '../../../../../src/core/descriptor/checks/check-apps.ts';
import type { ReadApp } from '../../../../../src/core/descriptor/checks/read-app.ts';
import { readNative } from '../../../../../src/core/descriptor/native/read-native.ts';
import { readDocument } from '../../../../../src/core/descriptor/text/read-document.ts';
import { file, shown } from '../text/read.ts';

const context = { directory: '/srv', environment: {}, files: new Map() };

/** An app as it is read when all is well: it does not know its places yet. */
async function app(path: string, text: string): Promise<ReadApp> {
  const document = await readDocument([file(text, path)], { variables: {} });
  if (!document.ok) throw new Error(JSON.stringify(document.failures));
  expect(document.value.place([])).toEqual({ source: path });
  const request = readNative(document.value, context);
  if (!request.ok) throw new Error(JSON.stringify(request.failures));
  return { request: request.value, place: document.value.place, locate: document.value.locate };
}

describe('what is wrong between apps', () => {
  it('is told with lines of both, though reading found none', async () => {
    const text = 'containers:\n  web:\n    image: x\n    ports: ["80:80"]\n';
    const findings = await checkApps([await app('a.yaml', text), await app('b.yaml', text)]);
    expect(findings.map(({ failure }) => shown(failure))).toEqual([
      'b.yaml:4:13 b.web and a.web would both take host port 80/tcp',
    ]);
    expect(findings[0]?.failure.next).toContain('a.yaml:4 has');
    expect(findings[0]?.failure.place?.text).toBe('    ports: ["80:80"]');
  });

  it('leaves the texts of other apps alone', async () => {
    const web = 'containers:\n  web:\n    image: x\n    after: [other.web]\n';
    const other = await app('other.yaml', 'containers: {db: {image: x}}\n');
    const findings = await checkApps([await app('a.yaml', web), other]);
    expect(findings.map(({ failure }) => shown(failure))).toEqual([
      'a.yaml:4:12 the app other has no container "other.web"',
    ]);
    expect(other.place(['containers'])).toEqual({ source: 'other.yaml' });
  });
});
