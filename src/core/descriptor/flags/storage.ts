import { type InstallFlag, mapResult, withoutFields } from '../install-flag.ts';
import { parseVolume } from '../mount.ts';
import { parseMountFields } from '../mount-fields.ts';
import { parseSecretUse } from '../secret-use.ts';
import { parseTmpfs } from '../tmpfs.ts';
import { optionFlag } from './option-flag.ts';

const group = 'STORAGE';

/** What it keeps, and where. */
export const storageFlags: readonly InstallFlag[] = [
  {
    name: 'volume',
    short: 'v',
    value: 'VOLUME',
    repeatable: true,
    summary: 'Mount a named volume, or a path of the host: SOURCE:/PATH[:ro,rw,z,Z,U]',
    example: 'data:/var/lib/data',
    group,
    parse: (text, { directory }) => mapResult(parseVolume(text, directory), (mount) => ({ mounts: [mount] })),
    reset: withoutFields('mounts'),
  },
  {
    name: 'mount',
    value: 'FIELDS',
    repeatable: true,
    summary: 'The same in fields, beside --volume: type=bind|volume|tmpfs,source=…,target=…,readonly',
    example: 'type=volume,source=cache,target=/var/cache',
    group,
    parse: (text, { directory }) => parseMountFields(text, directory),
    reset: withoutFields('mounts', 'tmpfs'),
  },
  {
    name: 'tmpfs',
    value: 'PATH',
    repeatable: true,
    summary: 'Mount a file system in memory: /PATH[:OPTION,…]',
    example: '/run:size=64m',
    group,
    parse: (text) => mapResult(parseTmpfs(text), (tmpfs) => ({ tmpfs: [tmpfs] })),
    reset: withoutFields('tmpfs'),
  },
  {
    name: 'secret',
    value: 'SECRET',
    repeatable: true,
    summary: 'Give it a secret of this host: NAME[,target=FILE,mode=0440], or NAME,type=env,target=KEY',
    example: 'db_password',
    group,
    parse: parseSecretUse,
    reset: withoutFields('secrets'),
  },
  optionFlag('read-only', group),
  optionFlag('shm-size', group),
];
