import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sleepImage, webImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const ports = { docker: 8141, podman: 8142 } as const;

/** A pod as people write one: a step before it, a sidecar, probes, and every source of what it is given. */
const manifests = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { MODE: production, page.html: from the config map }
---
apiVersion: v1
kind: Secret
metadata: { name: login }
stringData: { PASSWORD: "s3cret $x" }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: kept-pod-ENGINE }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  initContainers:
    - name: prepare
      image: sleep:1
      command: [sh, -c, "echo $(MODE) >>/data/prepared"]
      envFrom: [{ configMapRef: { name: settings } }]
      volumeMounts: [{ name: data, mountPath: /data }]
    - name: proxy
      image: sleep:1
      restartPolicy: Always
  containers:
    - name: web
      image: web:1
      envFrom: [{ configMapRef: { name: settings } }, { secretRef: { name: login } }]
      startupProbe: { exec: { command: [test, -s, /data/prepared] }, periodSeconds: 1, failureThreshold: 30 }
      livenessProbe: { exec: { command: [wget, -qO-, "http://127.0.0.1:8080/"] }, periodSeconds: 1 }
      volumeMounts:
        - { name: data, mountPath: /data }
        - { name: pages, mountPath: /etc/pages, readOnly: true }
        - { name: login, mountPath: /etc/login, readOnly: true }
    - { name: peer, image: 'sleep:1' }
  volumes:
    - { name: data, persistentVolumeClaim: { claimName: kept-pod-ENGINE } }
    - { name: pages, configMap: { name: settings } }
    - { name: login, secret: { secretName: login } }
`;

const compose = `services:
  db: { image: 'web:1', restart: always }
  worker: { image: 'sleep:1', restart: always, depends_on: { db: { condition: service_started, restart: true } } }
  other: { image: 'sleep:1', restart: always, depends_on: { db: { condition: service_started } } }
`;

describe.each(engines)('files of other formats with %s', (engine) => {
  let on: GearHost;
  const port = ports[engine];

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files))
      await on.host.exec(['sh', '-c', `mkdir -p $(dirname ${path}) && cat >${path}`], {
        input: Buffer.from(text),
      });
  }

  beforeAll(async () => {
    on = await gearHost('trixie');
    await loadImages(on.host, engine, [webImage('1'), webImage('2'), sleepImage()]);
  });
  afterAll(async () => {
    await on.clear();
    await on.host.sh(`rm -rf /root/pod-${engine} /root/waits-${engine}`);
  });

  describe('a folder of Quadlet files', () => {
    const app = `pod-${engine}`;
    const composeFile = `/root/waits-${engine}/compose.yaml`;
    const folder = `/root/${app}`;
    const full = (name: string) => `${app}.${name}`;
    const side = () => on.inside(engine, full('side'), 'wget', '-qO-', 'http://127.0.0.1:8080/');
    const web = (image: string) => ({
      [`${folder}/app.container`]: `[Container]\nImage=${image}\nPod=shop.pod\n\n[Service]\nRestart=always\n`,
    });

    test('is one app, whose pod has one network', async () => {
      await write({
        ...web('web:1'),
        [`${folder}/shop.pod`]: `[Pod]\nPublishPort=${String(port)}:8080\n`,
        [`${folder}/side.container`]:
          '[Container]\nImage=sleep:1\nPod=shop.pod\nVolume=data.volume:/data\n\n[Service]\nRestart=always\n',
        [`${folder}/data.volume`]: `[Volume]\nVolumeName=kept-${engine}\n`,
        [`${folder}/copy@.container`]:
          '[Container]\nImage=own.build\nEnvironment=WHO=%i\n\n[Service]\nRestart=always\n\n[Install]\nDefaultInstance=blue\n',
        [`${folder}/own.build`]: '[Build]\nImageTag=sleep:1\nFile=./Containerfile\n',
        [`${folder}/site.kube`]: '[Kube]\nYaml=site.yaml\n',
        [`${folder}/site.yaml`]: manifests.replaceAll('ENGINE', engine),
        [composeFile]: compose,
      });
      const { stderr } = await on.ok('apply', folder, composeFile, '--engine', engine, '--yes');
      expect(stderr).toContain('build sleep:1 first');
      await on.serves(port, 'web 1');
      expect(await on.variable(engine, full('copy-blue'), 'WHO')).toBe('blue');
      expect(await side()).toContain('web 1');
      expect(await on.host.sh(`${engine} volume ls --quiet`)).toContain(`kept-${engine}`);
    });

    test('its .kube is a pod of Kubernetes, whose containers share a network and are given what it says', async () => {
      const peer =
        'readlink /proc/self/ns/net; wget -qO- http://127.0.0.1:8080/ | grep -o "web 1"; echo "${MODE-no MODE}"';
      const web =
        'readlink /proc/self/ns/net; cat /data/prepared /etc/pages/page.html; echo; cat /etc/login/PASSWORD; echo; echo "$MODE"; echo "$PASSWORD"';
      const network = await on.inside(engine, full('shop-proxy'), 'readlink', '/proc/self/ns/net');
      expect((await on.inside(engine, full('shop-peer'), 'sh', '-c', peer)).split('\n')).toEqual([
        ...[network, 'web 1', 'no MODE'],
      ]);
      expect((await on.inside(engine, full('shop-web'), 'sh', '-c', web)).split('\n')).toEqual([
        ...[network, 'production', 'from the config map', 's3cret $x', 'production', 's3cret $x'],
      ]);
      expect(await on.property(`ctr-${full('shop-web')}-ready.service`, 'ActiveState')).toBe('active');
      expect(await on.host.sh(`${engine} volume ls --quiet`)).toContain(`kept-pod-${engine}`);
    });

    test('of Compose what depends on another with restart: true restarts with it, and no other', async () => {
      const waits = (name: string) => `waits-${engine}.${name}`;
      const [worker, other] = [
        await on.payloadPid(engine, waits('worker')),
        await on.payloadPid(engine, waits('other')),
      ];
      await on.host.sh(`systemctl restart ctr-${waits('db')}.service`);
      await on.restarted(engine, waits('worker'), worker);
      expect(await on.payloadPid(engine, waits('other'))).toBe(other);
    });

    test('a container goes along with the one whose network it shares', async () => {
      const pid = await on.payloadPid(engine, full('side'));
      await on.host.sh(`systemctl restart ctr-${full('app')}.service`);
      await on.restarted(engine, full('side'), pid);
      await on.serves(port, 'web 1');
      expect(await side()).toContain('web 1');
    });

    test('a new form of the one makes a new form of the other', async () => {
      await write(web('web:2'));
      await on.ok('apply', folder, '--engine', engine, '--yes');
      await on.serves(port, 'web 2');
      expect(await side()).toContain('web 2');
    });
  });
});
