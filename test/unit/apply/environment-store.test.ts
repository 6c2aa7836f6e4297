import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { readEnvironment, writeEnvironment } from '../../../src/apply/environment-store.ts';

test.each(['', '{"A": "1"', '[1]', '"text"x', '{"A": 1}', 'null'])(
  'an environment whose file is damaged is one that is gone: %s',
  async (text) => {
    const { files } = new MemoryHost();
    await writeEnvironment(files, 'abc', { A: '1' });
    expect(await readEnvironment(files, 'abc')).toEqual({ A: '1' });
    await files.write('/etc/gear/files/abc.json', text, 0o600);
    expect(await readEnvironment(files, 'abc')).toBeNull();
  },
);
