import { hashOf } from '../model/hash.ts';
import type { Instance } from '../model/instance.ts';
import { paths } from '../model/paths.ts';
import { gateCommand } from './gates.ts';

/** Where the content of a config file lies on the host. */
export function configFilePath(hash: string): string {
  return `${paths.files}/${hash}.data`;
}

/** Where the value of a secret lies on the host, encrypted or not. */
export function secretFilePath(hash: string): string {
  return `${paths.files}/${hash}.secret`;
}

/** A credential that systemd hands to the gate `files.sh`: LoadCredential= or LoadCredentialEncrypted=. */
export interface Credential {
  readonly directive: string;
  readonly name: string;
  readonly path: string;
}

/** The mounts by which config files and secrets reach the container. `z`: one label for it and its init steps. */
export function fileMountArguments({ name, files = [], secrets = [] }: Instance): readonly string[] {
  if (files.length + secrets.length === 0) return [];
  const mount = (source: string, target: string) => ['--volume', `${source}:${target}:ro,z`];
  const folder = `${paths.runtimeFiles}/${name}`;
  return [
    ...files.flatMap(({ target }) => mount(`${folder}/config/${configName(target)}`, target)),
    // Not --mount: it asks that the source exists when Docker makes the container, which is before its first start.
    ...(secrets.length === 0 ? [] : mount(`${folder}/secrets`, '/run/secrets')),
  ];
}

/** The gate that puts config files and secrets in place; nothing where there are none. */
export function putFilesGate({ name, files = [], secrets = [] }: Instance): readonly string[] {
  if (files.length + secrets.length === 0) return [];
  const words = [
    ...files.flatMap(({ mode, hash, target }) => [
      ...['config', octal(mode), configFilePath(hash), configName(target)],
    ]),
    ...secrets.flatMap((secret) => ['secret', octal(secret.mode), secret.name, secret.file]),
  ];
  return gateCommand('files.sh', 'put', name, ...words);
}

/** The gate that takes the secrets away again; nothing where there are none. */
export function clearFilesGate({ name, secrets = [] }: Instance): readonly string[] {
  return secrets.length === 0 ? [] : gateCommand('files.sh', 'clear', name);
}

/** One credential a secret, also where the container has it under two names. */
export function credentials({ secrets = [] }: Instance): readonly Credential[] {
  if (secrets.length === 0) return [];
  const byName = new Map(secrets.map((secret) => [secret.name, secret]));
  return [...byName.values()].map(({ name, hash, encrypted }) => ({
    directive: encrypted ? 'LoadCredentialEncrypted' : 'LoadCredential',
    name,
    path: secretFilePath(hash),
  }));
}

/** From the target alone, so that new content finds the mount that the container has. */
function configName(target: string): string {
  return hashOf(target);
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
