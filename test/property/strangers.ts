import type { MemoryHost } from '../../src/adapters/host/memory/host.ts';

const files = {
  '/etc/systemd/system/ctr-one.service': '[Service]\nExecStart=/usr/bin/true\n',
  '/etc/systemd/system/ctr-one.y.timer': '[Timer]\nOnCalendar=daily\n',
  '/etc/systemd/system/multi-user.target.wants/ctr-one.y.service': '[Unit]\n',
  '/etc/gear/notes.txt': 'by hand',
  '/srv/gear/files/x': 'data',
};
const links = {
  '/etc/systemd/system/ctr-two.y.service': '/srv/units/ctr-two.y.service',
  '/etc/systemd/system/timers.target.wants/ctr-one.y.timer': '/etc/systemd/system/ctr-one.y.timer',
};
const volumes = { one_theirs: {}, one_old: { 'gear.owner': 'one' }, two_theirs: { app: 'two' } };
const containers = {
  'ctr-one.y.0123456789ab': {},
  'ctr-two.y': { 'gear.owner': 'two', 'com.docker.compose.project': 'two' },
  'one.a': { 'gear.hash': '0123456789ab' },
};
const tags = ['one:1', 'gear.example/one.a:1', 'somebody/else:1'];

/** Puts onto a host what looks like gear's and is not: names of its kind without its label, or with another one. */
export function addStrangers(host: MemoryHost): void {
  for (const [path, text] of Object.entries(files)) host.files.place(path, text);
  for (const [path, target] of Object.entries(links)) host.files.placeLink(path, target);
  for (const engine of [host.docker, host.podman]) {
    for (const [name, labels] of Object.entries(volumes)) engine.volumes.set(name, labels);
    for (const [name, labels] of Object.entries(containers)) engine.containers.addForeign(name, labels);
    engine.networks.addForeign('one_old');
    for (const tag of tags) engine.images.add(tag);
  }
  host.docker.containers.run('one.a');
}

/** All of them as they are now: what is gone or changed shows. */
export async function strangersOn(host: MemoryHost): Promise<object> {
  return {
    files: Object.keys(files).map((path) => host.files.textOf(path)),
    links: await Promise.all(Object.keys(links).map((path) => host.files.readLink(path))),
    engines: [host.docker, host.podman].map((engine) => ({
      volumes: Object.keys(volumes).map((name) => engine.volumes.get(name) ?? null),
      containers: Object.keys(containers).map((name) => engine.containers.find(name)),
      network: engine.networks.find('one_old'),
      images: tags.map((tag) => engine.images.find(tag)?.id ?? null),
    })),
  };
}
