import type { MemoryHost } from '../../../../../src/adapters/host/memory/host.ts';

/** The text of a unit that runs a container of Docker, made beforehand. */
export function dockerUnit(container: string, hash: string, more = ''): string {
  return [
    '[Unit]',
    'Requires=docker.service',
    more,
    '[Service]',
    `Environment="GEAR_HASH=${hash}" "GEAR_TEXT=text of ${hash}"`,
    `ExecStart=/usr/bin/docker start --attach ${container}`,
    'Restart=always',
  ].join('\n');
}

/** The text of a unit that runs a container of Podman, made at each start. */
export function podmanUnit(container: string, hash: string, image: string): string {
  return [
    '[Service]',
    `Environment="GEAR_HASH=${hash}"`,
    `ExecStart=/usr/bin/podman run --name ${container} --replace --label gear.name=web --label gear.hash=${hash} ${image}`,
    `ExecStopPost=-/usr/bin/podman rm --force --ignore ${container}`,
    'Restart=always',
  ].join('\n');
}

/** Puts a unit into a generation and links it as gear does. */
export function placeUnit(host: MemoryHost, generation: number, name: string, text: string): void {
  host.files.place(`/etc/gear/generations/${generation}/units/${name}`, text);
  host.files.placeLink('/etc/gear/current', `/etc/gear/generations/${generation}`);
  host.files.placeLink(`/etc/systemd/system/${name}`, `/etc/gear/current/units/${name}`);
}

/** Makes a unit start on boot. */
export function placeBootLink(host: MemoryHost, name: string): void {
  host.files.placeLink(`/etc/systemd/system/multi-user.target.wants/${name}`, `/etc/systemd/system/${name}`);
}

/** A container of Docker made by gear for the instance web. */
export async function createContainer(host: MemoryHost, name: string): Promise<void> {
  const { id } = host.docker.images.add('web:1');
  const labels = ['--label', 'gear.name=web', '--label', 'gear.owner=web'];
  await host.docker.create({
    name,
    arguments: ['create', '--name', name, ...labels, id],
    environment: { A: 's' },
  });
}
