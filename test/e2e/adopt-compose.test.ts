import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { image, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { startComposeProject } from './support/compose-project.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

/** Serves, and writes one line after the other into its volume, as a database would. */
const database = image({
  tag: 'ledger:1',
  command: [
    'sh',
    '-c',
    'httpd -p 8080 -h /www; n=$(tail -n 1 /data/log 2>/dev/null || echo 0); while :; do n=$((n + 1)); echo $n >>/data/log; usleep 5000; done',
  ],
  files: { '/www/index.html': 'here\n' },
});

const compose = `services:
  db:
    image: ledger:1
    restart: always
    ports: ["8460:8080"]
    volumes: ["data:/data"]
  web:
    image: web:1
    restart: unless-stopped
    environment: {A: "1"}
    ports: ["8461:8080"]
    depends_on: [db]
volumes:
  data:
`;

/** Asks both again and again until it is told to stop, and then says how often, and how often in vain. */
const load = `
  rm -f /tmp/stop; good=0; bad=0
  while [ ! -e /tmp/stop ]; do
    for port in 8460 8461; do
      if curl -sf --max-time 2 http://127.0.0.1:$port/ >/dev/null; then good=$((good + 1)); else bad=$((bad + 1)); fi
    done
  done
  echo "$good $bad" >/tmp/load`;

const folder = '/root/ledger';
const file = `${folder}/compose.yaml`;

describe('adoption of a running Compose project', () => {
  let on: GearHost;

  beforeAll(async () => {
    on = await gearHost('trixie');
    for (const engine of engines) await loadImages(on.host, engine, [database, webImage('1')]);
  });
  afterEach(async () => {
    await on.clear();
    for (const engine of engines)
      await on.host.sh(`
        ${engine} rm --force ledger-db-1 ledger-web-1 || true
        ${engine} volume rm --force ledger_data || true
        ${engine} network rm ledger_default || true`);
    await on.host.sh(`rm -rf ${folder} /etc/gear/adopted-networks/*`);
  });
  afterAll(() => on.clear());

  async function start(engine: string): Promise<void> {
    await on.host.exec(['sh', '-c', `mkdir -p ${folder} && cat >${file}`], { input: compose });
    await startComposeProject(on.host, engine, 'ledger', {
      folder,
      volumes: ['data'],
      services: [
        {
          name: 'db',
          image: 'ledger:1',
          options: ['--restart', 'always', '-p', '8460:8080', '-v', 'ledger_data:/data'],
        },
        {
          name: 'web',
          image: 'web:1',
          options: ['--restart', 'unless-stopped', '-p', '8461:8080', '-e', 'A=1'],
        },
      ],
    });
    await on.serves(8460, 'here');
    await on.serves(8461, 'web 1');
  }

  const data = (engine: string): Promise<string> =>
    on.host.sh(`${engine} volume inspect --format '{{.Mountpoint}}' ledger_data`);
  /** What nobody writes to any more. */
  async function keep(engine: string): Promise<string> {
    return on.host.sh(`cd ${await data(engine)} && seq 1 50000 >kept && sha256sum kept`);
  }
  /** The numbers that the database wrote: all from 1 on, none twice and none left out. */
  async function isWhole(engine: string, kept: string): Promise<void> {
    expect(await on.host.sh(`cd ${await data(engine)} && sha256sum kept`)).toBe(kept);
    const gaps = `awk '$1 != NR { bad++ } END { print bad + 0, NR }' ${await data(engine)}/log`;
    const [bad, written] = (await on.host.sh(gaps)).split(' ').map(Number);
    expect(bad).toBe(0);
    expect(written).toBeGreaterThan(10);
  }
  const pidOf = (container: string): Promise<string> =>
    on.host.sh(`docker inspect --format '{{.State.Pid}}' ${container}`);
  const networkId = (): Promise<string> =>
    on.host.sh("docker network inspect --format '{{.Id}}' ledger_default");

  test('of Docker loses no request and no byte: processes, volumes and networks are the same', async () => {
    await start('docker');
    const kept = await keep('docker');
    const pids = [await pidOf('ledger-db-1'), await pidOf('ledger-web-1')];
    const network = await networkId();
    const asking = await on.host.spawn(['sh', '-c', load]);
    await on.ok('adopt', '--compose', file, '--yes');
    expect([await on.payloadPidOf('ledger.db'), await on.payloadPidOf('ledger.web')]).toEqual(pids);
    await on.host.sh('touch /tmp/stop');
    await asking.exited;
    const [good, bad] = (await on.host.sh('cat /tmp/load')).split(' ').map(Number);
    expect(bad).toBe(0);
    expect(good).toBeGreaterThan(5);
    expect(await networkId()).toBe(network);
    await isWhole('docker', kept);
    for (const name of ['ledger.db', 'ledger.web'])
      expect(await on.status(name)).toMatchObject({ problems: [], enabled: true });

    // From now on it is an app as any other, and nothing of it is left to do.
    expect(await on.gear(['plan', file])).toMatchObject({ code: 0 });
    await on.host.sh('systemctl restart ctr-ledger.web.service');
    await on.serves(8461, 'web 1');
    const web = await on.host.sh("docker ps --quiet --filter name='^ctr-ledger.web[.]'");
    expect(await on.host.sh(`docker exec ${web} wget -qO- http://db:8080/`)).toBe('here');
    // The next form of one is made by gear, on the same volume and network.
    await on.host.sh(`sed -i 's/A: "1"/A: "2"/' ${file}`);
    await on.ok('apply', file, '--yes');
    expect(await on.payloadPidOf('ledger.db')).toBe(pids[0]);
    expect(await on.variable('docker', 'ledger.web', 'A')).toBe('2');
    expect(await networkId()).toBe(network);
    // What Compose made stays when the app goes.
    await on.ok('rm', 'ledger');
    expect(await networkId()).toBe(network);
    await isWhole('docker', kept);
  });

  test('that does not come through, or was killed, leaves what a second try finishes', async () => {
    await start('docker');
    const pid = await pidOf('ledger-db-1');
    const unit = '/etc/systemd/system/ctr-ledger.web.service';
    await on.host.sh(`printf '[Service]\\nExecStart=/bin/true\\n' >${unit}`);
    expect(await on.fails(4, 'adopt', '--compose', file, '--yes')).toContain('ctr-ledger.web.service');
    expect(await pidOf('ledger-db-1')).toBe(pid);
    const policy = "docker inspect --format '{{.HostConfig.RestartPolicy.Name}}' ledger-web-1";
    expect(await on.host.sh(policy)).toBe('unless-stopped');
    expect(await on.host.sh('ls /etc/gear/adopted /etc/gear/adopted-networks | grep ledger || true')).toBe(
      '',
    );
    await on.host.sh(`rm ${unit}; systemctl daemon-reload`);
    // While the first is renamed, and once more while both are declared.
    for (const effect of ['2', '8']) {
      const env = { GEAR_STOP_AFTER_EFFECT: effect };
      expect((await on.gear(['adopt', '--compose', file, '--yes'], { env })).code).toBe(137);
    }
    await on.ok('adopt', '--compose', file, '--yes');
    expect(await on.payloadPidOf('ledger.db')).toBe(pid);
    expect(await on.host.sh('cat /etc/gear/adopted/* | grep -c settled')).toBe('2');
  });

  test('that runs otherwise than the file says is refused with what differs', async () => {
    await start('docker');
    await on.host.sh(`sed -i 's/8461/8462/; s/A: "1"/A: "2"/' ${file}`);
    const told = await on.fails(4, 'adopt', '--compose', file, '--yes');
    expect(told).toContain('other values of A; no port 8462:8080/tcp; a port 8461:8080/tcp');
    expect(told).toContain('docker compose up -d');
    expect(await on.fails(4, 'adopt', '--compose', file, '--yes', '--profile', 'x')).toContain('8462');
  });

  test('of Podman says first that it restarts, and keeps every byte', async () => {
    await start('podman');
    const kept = await keep('podman');
    expect(await on.fails(2, 'adopt', '--compose', file)).toContain('it is stopped and started again');
    await on.ok('adopt', '--compose', file, '--yes');
    await on.serves(8460, 'here');
    await on.serves(8461, 'web 1');
    await isWhole('podman', kept);
    expect(await on.host.sh("podman ps --all --format '{{.Names}}' | grep -c '^ledger-' || true")).toBe('0');
    expect(await on.gear(['plan', file])).toMatchObject({ code: 0 });
    await on.ok('rm', 'ledger');
  });
});
