import { readFile } from 'node:fs/promises';
import type { NamedImage } from '../../core/model/image-reference.ts';
import { brokenCredentialFile } from './credential-failure.ts';
import type { InvokingUser } from './invoking-user.ts';
import { object, parseJson, string, stringMap } from './json.ts';
import type { Json } from './json.ts';

/** What a registry is shown. Secret. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
  /** An OAuth refresh token, in place of a password. */
  readonly identityToken: string;
}

/**
 * A file of stored credentials. 'docker' is config.json of the Docker CLI; 'containers' is auth.json of
 * containers-auth.json(5), whose keys may also name a part of a registry.
 */
export interface CredentialFile {
  readonly path: string;
  readonly kind: 'docker' | 'containers';
  readonly content: Json;
}

/** The name under which the Docker CLI stores credentials of the hub. */
const hubServer = 'https://index.docker.io/v1/';
const hubHosts = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** Reads the file; null when there is none. CREDENTIALS when it cannot be read or is not JSON. */
export async function readCredentialFile(
  path: string,
  kind: CredentialFile['kind'],
  user: InvokingUser,
): Promise<CredentialFile | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = string(object(error)['code']);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === '') throw error;
    throw brokenCredentialFile(path, `it cannot be read (${code})`, user);
  }
  const content = parseJson(text);
  if (typeof content !== 'object' || content === null)
    throw brokenCredentialFile(path, 'it is not JSON', user);
  return { path, kind, content: object(content) };
}

/** The helper that the file names for the image's registry, and the server to ask it for; null when it names none. */
export function helperFor(
  file: CredentialFile,
  image: NamedImage,
): { helper: string; server: string } | null {
  const helpers = stringMap(file.content['credHelpers']);
  const key = keysFor(file.kind, image).find((candidate) => Object.hasOwn(helpers, candidate));
  const named = key === undefined ? string(file.content['credsStore']) : helpers[key];
  if (named === undefined || named === '') return null;
  const server = file.kind === 'docker' ? dockerServer(image) : (key ?? image.domain);
  return { helper: named, server };
}

/** The credentials that the file itself holds for the image's registry; null when it has none. CREDENTIALS. */
export function storedCredentials(
  file: CredentialFile,
  image: NamedImage,
  user: InvokingUser,
): RegistryCredentials | null {
  const auths = object(file.content['auths']);
  const key =
    keysFor(file.kind, image).find((candidate) => Object.hasOwn(auths, candidate)) ??
    Object.keys(auths).find((candidate) => isHostOf(image, hostOf(candidate)));
  if (key === undefined) return null;
  const entry = object(auths[key]);
  const identityToken = string(entry['identitytoken']);
  const encoded = string(entry['auth']);
  const pair = encoded === '' ? { username: '', password: '' } : decode(encoded);
  if (pair === null)
    throw brokenCredentialFile(file.path, `the entry "auth" of ${key} is not base64 of user:password`, user);
  const username = pair.username || string(entry['username']);
  const password = pair.password || string(entry['password']);
  return username === '' && identityToken === '' ? null : { username, password, identityToken };
}

/** How the Docker CLI names the registry to a helper, and to dockerd. */
export function dockerServer(image: NamedImage): string {
  return image.domain === 'docker.io' ? hubServer : image.domain;
}

function keysFor(kind: CredentialFile['kind'], image: NamedImage): readonly string[] {
  const hosts = image.domain === 'docker.io' ? [hubServer, ...hubHosts] : [image.domain];
  if (kind === 'docker') return hosts;
  // The most specific part of the repository wins (containers-auth.json(5)).
  const parts = image.path.split('/');
  const namespaces = parts.map((_part, index) =>
    [image.domain, ...parts.slice(0, parts.length - index)].join('/'),
  );
  return [...namespaces, ...hosts];
}

/** Old entries are URLs: 'https://registry.example/v1/'. */
function hostOf(key: string): string {
  if (!key.includes('://')) return '';
  return key.replace(/^[a-z]+:\/\//, '').split('/')[0] ?? '';
}

function isHostOf(image: NamedImage, host: string): boolean {
  return host === image.domain || (image.domain === 'docker.io' && hubHosts.has(host));
}

function decode(encoded: string): { username: string; password: string } | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon === -1) return null;
  return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}
