import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { isGone } from './gone.ts';
import type { Host } from './host.ts';
import type { ImageSpec } from './images.ts';
import { loadImages } from './load-images.ts';

export interface RegistryOptions {
  /** Ask for a user and a password, and speak TLS with a certificate that only `trust` makes known. */
  secure: boolean;
  port?: number;
}

/** A registry that runs in a host, for what has to be pulled. */
export interface Registry {
  /** `HOST:PORT`, as it stands before the image's name. */
  address: string;
  /** Only a secure registry asks for them. */
  credentials?: { user: string; password: string };
  /** The certificate, as text, of the authority that signed the registry's own. */
  ca?: string;
  /** Makes both engines of a host accept this registry: its authority, or that it speaks plain HTTP. */
  trust(host: Host): Promise<void>;
  /** Uploads an image and returns its full name there: `HOST:PORT/TAG`. */
  push(spec: ImageSpec): Promise<string>;
}

/** Starts docker-registry (Debian's) inside `host`, by its name; it is gone after a reboot of the host. */
export async function startRegistry(host: Host, options: RegistryOptions): Promise<Registry> {
  const port = options.port ?? 5000;
  const address = `${host.name}:${port}`;
  const folder = `/srv/registry-${port}`;
  await mkdir(join(host.root, folder), { recursive: true, mode: 0o700 });
  const credentials = options.secure ? { user: 'lab', password: randomBytes(12).toString('hex') } : undefined;
  if (credentials !== undefined) {
    await host.sh(certificateScript, { env: { FOLDER: folder, NAME: host.name, ADDRESS: host.address } });
    const makeUser = ['htpasswd', '-Bic', `${folder}/htpasswd`, credentials.user];
    await host.exec(makeUser, { input: credentials.password });
  }
  await writeFile(join(host.root, folder, 'config.yml'), configuration(folder, port, options.secure));
  const serve = ['docker-registry', 'serve', `${folder}/config.yml`];
  await host.exec([
    'systemd-run',
    '--quiet',
    `--unit=registry-${port}`,
    '--service-type=exec',
    '--',
    ...serve,
  ]);
  const url = `${options.secure ? 'https' : 'http'}://127.0.0.1:${port}/v2/`;
  await host.waitFor(['curl', '-sk', '-o', '/dev/null', url]);
  const ca = options.secure ? readFileSync(join(host.root, folder, 'ca.crt'), 'utf8') : undefined;
  const trust = async (other: Host) => {
    await (ca === undefined ? allowPlain(other, address) : installAuthority(other, address, ca));
  };
  await trust(host);
  return {
    address,
    ...(credentials && { credentials }),
    ...(ca !== undefined && { ca }),
    trust,
    push: (spec) => push(host, address, credentials, spec),
  };
}

/** An authority of its own, and a certificate of that for the host's name and address. */
const certificateScript = `
cd "$FOLDER"
key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30'
openssl req -x509 $key -subj /CN=lab-authority -keyout ca.key -out ca.crt
openssl req -x509 $key -subj "/CN=$NAME" -keyout host.key -out host.crt -CA ca.crt -CAkey ca.key \\
  -addext "subjectAltName=DNS:$NAME,DNS:localhost,IP:$ADDRESS,IP:127.0.0.1" -addext basicConstraints=critical,CA:FALSE
`;

/** The file is YAML, and JSON is YAML. */
function configuration(folder: string, port: number, secure: boolean): string {
  return JSON.stringify({
    version: 0.1,
    storage: { filesystem: { rootdirectory: `${folder}/data` } },
    http: {
      addr: `:${port}`,
      ...(secure && { tls: { certificate: `${folder}/host.crt`, key: `${folder}/host.key` } }),
    },
    ...(secure && { auth: { htpasswd: { realm: 'lab', path: `${folder}/htpasswd` } } }),
  });
}

async function installAuthority(host: Host, address: string, ca: string): Promise<void> {
  for (const engine of ['docker', 'containers']) {
    await writeInside(host, `/etc/${engine}/certs.d/${address}/ca.crt`, ca);
  }
}

async function allowPlain(host: Host, address: string): Promise<void> {
  const mirror = `[[registry]]\nlocation = "${address}"\ninsecure = true\n`;
  await writeInside(host, `/etc/containers/registries.conf.d/${address.replace(':', '-')}.conf`, mirror);
  const file = '/etc/docker/daemon.json';
  const text = (await readFile(join(host.root, file), 'utf8').catch(isGone)) ?? '{}';
  const settings = JSON.parse(text) as Record<string, unknown> & { 'insecure-registries'?: string[] };
  const plain = [...(settings['insecure-registries'] ?? []), address];
  await writeInside(host, file, JSON.stringify({ ...settings, 'insecure-registries': plain }));
  // dockerd reads this setting again without a restart (dockerd(8), "Configuration reload behavior").
  await host.exec(['systemctl', 'reload', 'docker']);
  const known = `docker info --format '{{json .RegistryConfig.IndexConfigs}}' | grep -F '"${address}"'`;
  await host.waitFor(['sh', '-c', known]);
}

/** With a docker configuration of its own, so that the host itself is not left logged in. */
async function push(
  host: Host,
  address: string,
  credentials: Registry['credentials'],
  spec: ImageSpec,
): Promise<string> {
  const env = { DOCKER_CONFIG: '/run/registry-push' };
  const name = `${address}/${spec.tag}`;
  await loadImages(host, 'docker', [spec]);
  if (credentials !== undefined) {
    const login = ['docker', 'login', '--username', credentials.user, '--password-stdin', address];
    await host.exec(login, { env, input: credentials.password });
  }
  await host.exec(['docker', 'tag', spec.tag, name]);
  await host.exec(['docker', 'push', '--quiet', name], { env });
  // What is to be pulled must not be there already.
  await host.exec(['docker', 'rmi', name, spec.tag]);
  return name;
}

async function writeInside(host: Host, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(host.root, path)), { recursive: true });
  await writeFile(join(host.root, path), text);
}
