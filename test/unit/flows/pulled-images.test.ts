import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import type { Failure } from '../../../src/errors/failure.ts';
import { markPulled, pulledMarks } from '../../../src/flows/pulled-images.ts';
import { contextOn } from './gear-in-memory.ts';

const id = `sha256:${'a'.repeat(64)}`;
const gone: Failure = { code: 'FILE_FAILED', message: 'no such file or directory', next: 'look' };
let host: MemoryHost;
beforeEach(() => {
  host = new MemoryHost();
});
const mark = () => markPulled(contextOn(host), 'docker', id, 'shop:2');

describe('the note of an image that gear fetched', () => {
  test('is there where another command that fetched the same wrote it at the same time', async () => {
    await mark();
    host.calls.refuse(/write .*\/pulled\//, gone);
    await mark();
    expect(await pulledMarks(contextOn(host))).toMatchObject([{ id, references: ['shop:2'] }]);
  });

  test('that cannot be written is told', async () => {
    for (let nth = 1; nth <= 2; nth += 1) host.calls.refuse(/write .*\/pulled\//, gone);
    await expect(mark()).rejects.toMatchObject({ failures: [gone] });
  });
});
