import { describe, expect, test } from 'vitest';
import { contentKeys } from '../../../../../src/core/descriptor/compose/declared-contents.ts';
import { readCompose } from '../../../../../src/core/descriptor/compose/read-compose.ts';
import { serviceAttributes } from '../../../../../src/core/descriptor/compose/service-attributes.ts';
import { networkKeys, volumeKeys } from '../../../../../src/core/descriptor/compose/top-level.ts';
import { readGeard } from '../../../../../src/core/descriptor/geard/read-geard.ts';
import { containerKeys, deploymentKeys } from '../../../../../src/core/descriptor/geard/keys.ts';
import { containerFields } from '../../../../../src/core/descriptor/kubernetes/container-fields.ts';
import { kinds } from '../../../../../src/core/descriptor/kubernetes/kinds.ts';
import { podFields } from '../../../../../src/core/descriptor/kubernetes/pod-fields.ts';
import { serviceFields } from '../../../../../src/core/descriptor/kubernetes/services.ts';
import { workloadFields } from '../../../../../src/core/descriptor/kubernetes/workload-fields.ts';
import { containerKeys as quadletContainer } from '../../../../../src/core/descriptor/quadlet/container-keys.ts';
import { kubeKeys } from '../../../../../src/core/descriptor/quadlet/kube-keys.ts';
import { podKeys } from '../../../../../src/core/descriptor/quadlet/pod-keys.ts';
import {
  buildKeys,
  imageKeys,
  networkKeys as quadletNetwork,
  volumeKeys as quadletVolume,
} from '../../../../../src/core/descriptor/quadlet/resource-keys.ts';
import { composeSample } from '../../../../support/compose-sample.ts';
import { composeOf } from '../../../../support/compose.ts';
import { geardSample } from '../../../../support/geard-sample.ts';
import { kubernetesSample } from '../../../../support/kubernetes-sample.ts';
import { quadletAppOf } from '../../../../support/quadlet.ts';
import { formatOfTexts, formatOfValues, kubernetesFormat } from '../../../../support/reader-outcome.ts';
import { wrongReactions } from '../../../../support/wrong-types.ts';

const bytes = new TextEncoder().encode('A=1\n');
const names = ['plain.env', 'other.env', 'labels.env', 'plain.txt'];
const files = names.map((name) => ({ path: `/srv/shop/${name}`, bytes }));
const context = {
  directory: '/srv/shop',
  environment: { HOME: '/root' },
  files: new Map(files.map((file) => [file.path, file])),
};

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: x, image: "x:1"}]}\n';

const namesOf = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name);
const keysOf = (maps: readonly object[]) => new Set(maps.flatMap((map) => Object.keys(map)));

describe('Compose', () => {
  test('the sample has every key that is known', () => {
    const { services, networks, volumes, secrets, configs } = composeSample;
    expect([...keysOf(Object.values(services))]).toEqual(expect.arrayContaining(namesOf(serviceAttributes)));
    expect([...keysOf(Object.values(networks))]).toEqual(expect.arrayContaining(namesOf(networkKeys)));
    expect([...keysOf(Object.values(volumes))]).toEqual(expect.arrayContaining(namesOf(volumeKeys)));
    const contents = [...Object.values(secrets), ...Object.values(configs)];
    expect([...keysOf(contents)]).toEqual(expect.arrayContaining(namesOf(contentKeys)));
  });

  test.each(Object.keys(composeSample.services))(
    'a wrong type at any key of %s is told there',
    async (name) => {
      const format = formatOfValues((document) => readCompose(document, context), context);
      const { base, db, once, net, ...others } = composeSample.services;
      const whole: Readonly<Record<string, unknown>> = { base, db, once, net, ...others }[name] ?? {};
      // An attribute at a time, as each reading takes the longer the more there is.
      for (const [key, value] of Object.entries(whole)) {
        const one = { image: 'web:1', restart: 'no', [key]: value };
        const sample = { ...composeSample, services: { base, db, once, net, [name]: one } };
        expect(await wrongReactions(format, sample, ['services', name, key])).toEqual([]);
      }
    },
  );

  test.each(Object.keys(composeSample).filter((key) => key !== 'services'))(
    'a wrong type at any key of %s is told there',
    async (key) => {
      const format = formatOfValues((document) => readCompose(document, context), context);
      expect(await wrongReactions(format, composeSample, [key])).toEqual([]);
    },
  );

  test('and in the line of the file where it stands', async () => {
    const format = formatOfTexts((text) => composeOf(text, { files, variables: { HOME: '/root' } }), context);
    const { web } = composeSample.services;
    const { healthcheck, ports, logging, ulimits, image } = web;
    const small = { services: { web: { image, restart: 'no', healthcheck, ports, logging, ulimits } } };
    expect(await wrongReactions(format, small, ['services'])).toEqual([]);
  });
});

describe('Kubernetes', () => {
  const [pod, ...others] = kubernetesSample;
  const shared = kubernetesSample.filter(({ kind }) =>
    ['ConfigMap', 'Secret', 'PersistentVolumeClaim'].includes(kind),
  );

  test('the sample has every kind and every field that is known', () => {
    const kind = (name: string) =>
      kubernetesSample.find((each) => each.kind === name) as unknown as { spec: object };
    const all = kinds.filter(({ verdict, to }) => verdict === 'kept' && to !== '');
    expect(kubernetesSample.map((each) => each.kind)).toEqual(expect.arrayContaining(namesOf(all)));
    const spec = kind('Pod').spec as { containers: object[]; initContainers: object[] };
    const containers = [...spec.containers, ...spec.initContainers];
    expect(Object.keys(spec)).toEqual(expect.arrayContaining(namesOf(podFields)));
    expect([...keysOf(containers)]).toEqual(expect.arrayContaining(namesOf(containerFields)));
    expect(Object.keys(kind('Service').spec)).toEqual(expect.arrayContaining(namesOf(serviceFields)));
    for (const [name, fields] of Object.entries(workloadFields))
      expect(Object.keys(kind(name).spec), name).toEqual(expect.arrayContaining(namesOf(fields)));
  });

  const format = kubernetesFormat(context);

  test.each(others.map((each) => [each.kind, each] as const))(
    'a wrong type at any key of a %s is told there',
    async (_, given) => {
      const documents = [given, ...shared.filter((each) => each !== given), pod];
      expect(await wrongReactions(format, documents, [0])).toEqual([]);
    },
  );

  test('a wrong type at any key of a Pod is told there', async () => {
    const { containers, ...spec } = pod?.['spec'] as { containers: [object]; volumes: unknown };
    const { resources, ports, ...fields } = containers[0] as { resources: unknown; ports: unknown };
    const main = { name: 'web', image: 'web:1', resources, ports };
    const reactions = (own: object, path: readonly (string | number)[]) =>
      wrongReactions(format, [{ ...pod, spec: own }, ...shared], [0, 'spec', ...path]);
    // A field at a time, as each reading takes the longer the more there is.
    for (const [key, value] of Object.entries(spec))
      expect(await reactions({ containers: [main], [key]: value }, [key])).toEqual([]);
    for (const [key, value] of Object.entries({ ...fields, resources, ports }))
      expect(
        await reactions({ containers: [{ ...main, [key]: value }], volumes: spec.volumes }, [
          'containers',
          0,
          key,
        ]),
      ).toEqual([]);
    expect(await wrongReactions(format, [{ ...pod, spec: { containers: [main] } }, ...shared], [0])).toEqual(
      [],
    );
  });
});

describe('Quadlet', () => {
  const tables = {
    container: ['Container', quadletContainer, '[Container]\nImage=web:1\n'],
    pod: ['Pod', podKeys, '[Pod]\n'],
    kube: ['Kube', kubeKeys, '[Kube]\nYaml=pod.yaml\n'],
    network: ['Network', quadletNetwork, '[Network]\n'],
    volume: ['Volume', quadletVolume, '[Volume]\n'],
    image: ['Image', imageKeys, '[Image]\nImage=web:1\n'],
    build: ['Build', buildKeys, '[Build]\nImageTag=web:1\nSetWorkingDirectory=/srv\n'],
  } as const;
  const rows = Object.entries(tables).flatMap(([suffix, [section, table, text]]) =>
    table.map(({ name }) => [section, name, suffix, text] as const),
  );
  const user =
    '[Container]\nImage=web:1\nPod=x.pod\nNetwork=x.network\nVolume=x.volume:/x\n[Container]\nImage=web:1\n';
  const read = (name: string, text: string) =>
    quadletAppOf({
      [name]: text,
      ...(name.endsWith('.container') ? {} : { 'user.container': user }),
      'pod.yaml': pod,
    });

  test.each(rows)('[%s] %s= is told where a value is none of its', async (_, key, suffix, text) => {
    for (const value of ['no such thing', '7', '"', '[[]', 'x'.repeat(5000)]) {
      const app = await read(`x.${suffix}`, `${text}${key}=${value}\n`);
      if (app.ok)
        expect(
          app.value.losses.some(({ key: told }) => told.includes(key)),
          value,
        ).toBe(true);
      else for (const { place } of app.failures) expect(place?.line, value).toBeGreaterThan(0);
    }
  });
});

describe('geard', () => {
  test('the sample has every key that is known', () => {
    expect(Object.keys(geardSample)).toEqual(expect.arrayContaining(namesOf(deploymentKeys)));
    expect([...keysOf(geardSample.Containers)]).toEqual(expect.arrayContaining(namesOf(containerKeys)));
  });

  test('a wrong type at any key is told in the line where it stands', async () => {
    const read = (text: string) =>
      readGeard({ path: 'shop.json', bytes: new TextEncoder().encode(text) }, 'shop.json', context);
    expect(await wrongReactions(formatOfTexts(read, context), geardSample)).toEqual([]);
  });
});
