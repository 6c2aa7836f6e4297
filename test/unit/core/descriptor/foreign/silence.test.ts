import { expect, test } from 'vitest';
import { readCompose } from '../../../../../src/core/descriptor/compose/read-compose.ts';
import { readGeard } from '../../../../../src/core/descriptor/geard/read-geard.ts';
import { composeSample } from '../../../../support/compose-sample.ts';
import { geardSample } from '../../../../support/geard-sample.ts';
import { kubernetesSample } from '../../../../support/kubernetes-sample.ts';
import { formatOfTexts, formatOfValues, kubernetesFormat } from '../../../../support/reader-outcome.ts';
import { silentKeys, silentMaps } from '../../../../support/silence.ts';

const bytes = new TextEncoder().encode('A=1\n');
const names = ['plain.env', 'other.env', 'labels.env', 'plain.txt'];
const files = names.map((name) => ({ path: `/srv/shop/${name}`, bytes }));
const context = {
  directory: '/srv/shop',
  environment: { HOME: '/root' },
  files: new Map(files.map((file) => [file.path, file])),
};

const compose = formatOfValues((document) => readCompose(document, context), context);
const kubernetes = kubernetesFormat(context);
const geard = formatOfTexts(
  (text) => readGeard({ path: 'shop.json', bytes: new TextEncoder().encode(text) }, 'shop.json', context),
  context,
);

/** What says nothing in the samples, as it is what holds without it, and why that is. */
const saysNothing = {
  compose: {
    'it is the value that holds anyway':
      /^networks\.back\.ipam\.driver$|\.(required|mode|replicas|condition|disable|isolation|scale|recursive)$/,
    'deploy says the same': /\.mem_reservation$/,
    'it is for people, or for Docker Desktop': /^version$|\.ports\.\d+\.(name|app_protocol)$|\.consistency$/,
    'the sample leaves nothing for it to change': /\.env_file\.1\.format$|\.profiles$|^secrets\.both(\.|$)/,
  },
  kubernetes: {
    'it is the value that holds anyway':
      /\.(namespace|optional|protocol|privileged|procMount|readOnly|hostNetwork|suspend|recursiveReadOnly|publishNotReadyAddresses)$/,
    'it has one value, or says what the object is': /\.(apiVersion|kind|containerName)$|^\d+\.type$/,
    'it is for people': /\.ports\.\d+\.(name|appProtocol)$/,
    'it says again what the template says': /\.selector(\.|$)/,
    'every volume of an engine can be mounted by all': /\.accessModes(\.|$)/,
  },
};

const without = (silent: readonly string[], known: Readonly<Record<string, RegExp>>) =>
  silent.filter((key) => !Object.values(known).some((each) => each.test(key)));

test('no key of a Compose file is dropped in silence', async () => {
  const sample = { ...composeSample, name: 'store' };
  expect(without(await silentKeys(compose, sample), saysNothing.compose)).toEqual([]);
});

test('a key that Compose does not have is told wherever it stands', async () => {
  expect(await silentMaps(compose, composeSample)).toEqual([]);
});

test('no key of manifests is dropped in silence', async () => {
  expect(without(await silentKeys(kubernetes, kubernetesSample), saysNothing.kubernetes)).toEqual([]);
});

test('a field that Kubernetes does not have is told wherever it stands', async () => {
  expect(without(await silentMaps(kubernetes, kubernetesSample), saysNothing.kubernetes)).toEqual([]);
});

test('no key of a deployment of geard is dropped in silence', async () => {
  expect(await silentKeys(geard, geardSample)).toEqual([]);
});

test('a key that geard does not have is told wherever it stands', async () => {
  expect(await silentMaps(geard, geardSample)).toEqual([]);
});
