import { afterEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { attachRemote } from '../../../src/adapters/ssh/attach.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { standIn } from './stand-in.ts';

let end = (): Promise<void> => Promise.resolve();
afterEach(() => end());

/** What a session for a person does, in the place of running the command; every other session works. */
async function attaching(profile: string, signal?: AbortSignal, environment = { TOKEN: 'secret' }) {
  const remote = await standIn(`case "$1 $2" in "-o RequestTTY="*) ${profile} ;; esac`);
  end = remote.end;
  const { files } = new MemoryHost();
  const options = { environment, ...(signal === undefined ? {} : { signal }) };
  const attached = attachRemote(remote.link, files, ['true'], options);
  return { attached, left: () => files.list(paths.notes) };
}

test.each([
  ['that fails', 'exit 255', 255],
  ['that is killed', 'kill -TERM $$', 143],
  ['whose sudo refuses the password', 'exit 1', 1],
])('a session %s leaves no values on the host', async (_, profile, status) => {
  const { attached, left } = await attaching(profile);
  expect(await attached).toBe(status);
  expect(await left()).toEqual([]);
});

test('one that is no longer wanted before it begins leaves none either', async () => {
  const { attached, left } = await attaching('exit 3', AbortSignal.abort());
  expect(await attached).toBe(143);
  expect(await left()).toEqual([]);
});

test('what is no name of a variable is no line of the script', async () => {
  const { attached, left } = await attaching('exit 0', undefined, { 'x; reboot': '' } as never);
  await expect(attached).rejects.toThrow(TypeError);
  expect(await left()).toEqual([]);
});
