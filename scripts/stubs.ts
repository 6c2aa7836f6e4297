import path from 'node:path';
import type { Plugin } from 'esbuild';

const nativeSha256 = path.join(import.meta.dirname, 'native-sha256.ts');

/** Optional dependencies: whoever asks for one is ready for its absence, so to ask fails as if it were not installed. */
const absent = ['typescript', 'ts-node', 'pnpapi', 'cpu-features', 'usocket', 'x11', 'source-map'];

/**
 * Required when their users load, and used only by what gear never calls. To load one costs nothing, to use it is an
 * error that names it.
 */
const unused = [
  // oclif: to find commands and plugins on disk (src/cli/command-table.ts brings them along), spinners
  ...['tinyglobby', 'minimatch', 'lilconfig', 'get-package-type', 'semver', 'cli-spinners', 'ansi-escapes'],
  // dockerode: ssh:// hosts, and BuildKit's session
  ...['ssh2', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs'],
  // dbus-next: introspection, and buses behind a command
  ...['xml2js', 'event-stream'],
  // docker-modem: engines behind tcp:, and gear talks to sockets alone; Node would load TLS for it, 6 ms
  ...['https'],
];

/** What the users of debug get of it: oclif and dockerode would load it, and node:tty, at each start, for DEBUG= alone. */
const debugSource = `module.exports = () => Object.assign(() => {}, { enabled: false, extend: module.exports });`;

const absentSource = (name: string) =>
  `throw Object.assign(new Error("Cannot find module '${name}'"), { code: 'MODULE_NOT_FOUND' });`;

const unusedSource = (name: string) => `
  const unused = (name) => new Proxy(function () {}, {
    get: (target, key) =>
      typeof key === 'symbol' || key === '__esModule' || key === 'then' || key === 'prototype'
        ? target[key] : unused(name + '.' + key),
    apply: () => { throw new Error(name + ' is not part of this build (scripts/stubs.ts)'); },
    construct: () => { throw new Error(name + ' is not part of this build (scripts/stubs.ts)'); },
  });
  module.exports = unused('${name}');`;

/** Keeps libraries that gear does not use out of the bundle: they are most of what dockerode and oclif bring. */
export const stubs: Plugin = {
  name: 'stubs',
  setup(build) {
    const names = ['debug', ...absent, ...unused].map((name) => name.replaceAll('/', '\\/'));
    build.onResolve({ filter: new RegExp(`^(${names.join('|')})$`) }, ({ path }) => ({
      path,
      namespace: 'stub',
    }));
    build.onResolve({ filter: /\/sha256\.ts$/ }, ({ path: imported, resolveDir }) =>
      path.join(resolveDir, imported).endsWith('core/model/sha256.ts') ? { path: nativeSha256 } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path }) => ({
      contents:
        path === 'debug' ? debugSource : absent.includes(path) ? absentSource(path) : unusedSource(path),
    }));
  },
};
