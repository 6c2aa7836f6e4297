import { type ReadInstall, readRequests } from './read-requests.ts';
import { type Target, targetsOf } from './targets.ts';

type Line = Parameters<typeof readRequests>[0];
type InstallFlags = Parameters<typeof readRequests>[1] & { readonly host?: readonly string[] | undefined };

/** What a line of install asks of each host that it names. FailureError with every mistake of a host's part. */
export async function installTargets(
  line: Line,
  flags: InstallFlags,
): Promise<readonly Target<ReadInstall>[]> {
  const images = flags['from-run'] === undefined ? 1 : 0;
  const others = line.words.slice(images);
  const names = others.filter((word) => !word.includes('='));
  const pairs = others.filter((word) => word.includes('='));
  const targets = await targetsOf(names, flags.host);
  const { host: _host, ...rest } = flags;
  return Promise.all(
    targets.map(async (target) => {
      const words = [...line.words.slice(0, images), ...target.input, ...pairs];
      const input = await readRequests({ ...line, words }, rest);
      return { ...target, input };
    }),
  );
}

/** What of a line of docker run was left out: the same for every host. */
export function leftOutOf([first]: readonly Target<ReadInstall>[]): readonly string[] {
  return first?.input.leftOut ?? [];
}
