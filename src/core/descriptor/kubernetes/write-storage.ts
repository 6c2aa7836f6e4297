import type { Coverage } from '../foreign/coverage.ts';
import { lose, mapOf, textOf, textsOf, type WriterKey } from '../foreign/foreign-writer.ts';
import { kubeName, loseOptions, mountVolume, plain, type PodWriting } from './pod-writing.ts';

const claim = 'a claim of its own, which begins empty; its size is for the cluster to say';

type Write = WriterKey<PodWriting>['write'];

function row(coverage: Coverage, write: Write): WriterKey<PodWriting> {
  return { ...coverage, write };
}

/** What a container has mounted. */
export const storageWriters: readonly WriterKey<PodWriting>[] = [
  row(
    {
      name: 'volumes',
      verdict: 'approximated',
      to: 'volumes, PersistentVolumeClaim',
      note: `of a named volume ${claim}`,
    },
    (into, value) => {
      for (const [index, text] of textsOf(value).entries()) writeVolume(into, plain(text), index);
    },
  ),
  row(
    { name: 'tmpfs', verdict: 'kept', to: 'volumes (emptyDir)', note: 'in memory; options are left out' },
    (into, value) => {
      for (const [index, text] of textsOf(value).entries()) {
        const [target = '', ...options] = plain(text).split(':');
        mountVolume(
          into,
          `tmpfs-${into.writing.name}-${String(index)}`,
          { emptyDir: { medium: 'Memory' } },
          { mountPath: target },
        );
        loseOptions(into.writing, 'tmpfs', options);
      }
    },
  ),
  row({ name: 'files', verdict: 'kept', to: 'ConfigMap', note: 'with content' }, (into, value) => {
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      const { content, target, mode } = mapOf(item);
      const path = textOf(target);
      const key = path.slice(path.lastIndexOf('/') + 1);
      const name = `${kubeName(into.writing.name)}-${String(index)}`;
      if (content === undefined) {
        lose(
          into.writing,
          `files.${String(index)}`,
          'its content is in a file beside: kubectl create configmap',
          'refused',
        );
        continue;
      }
      into.objects.set(`ConfigMap ${name}`, {
        ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
        data: { [key]: textOf(content).replaceAll('$$', '$') },
      });
      const configMap = { name, ...(mode === undefined ? {} : { defaultMode: parseInt(textOf(mode), 8) }) };
      mountVolume(into, name, { configMap }, { mountPath: path, subPath: key });
    }
  }),
  row(
    {
      name: 'secrets',
      verdict: 'approximated',
      to: 'volumes (secret)',
      note: 'of a Secret of that name, which has to be made',
    },
    (into, value) => {
      for (const item of value as readonly unknown[]) {
        const given = typeof item === 'string' ? { name: item } : mapOf(item);
        const name = textOf(given.name);
        const file = textOf('file' in given ? given['file'] : name);
        mountVolume(
          into,
          kubeName(name),
          { secret: { secretName: kubeName(name) } },
          { mountPath: `/run/secrets/${file}`, subPath: file },
        );
        lose(
          into.writing,
          'secrets',
          `make it: kubectl create secret generic ${kubeName(name)} --from-file=${file}`,
        );
      }
    },
  ),
];

function writeVolume(into: PodWriting, text: string, index: number): void {
  const [source = '', target = '', options = ''] = text.split(':');
  const { writing, objects } = into;
  const words = options.split(',').filter((each) => each !== '');
  const mount = { mountPath: target, ...(words.includes('ro') ? { readOnly: true } : {}) };
  loseOptions(
    writing,
    'volumes',
    words.filter((each) => each !== 'ro' && each !== 'rw'),
  );
  if (source.startsWith('/')) {
    mountVolume(
      into,
      `host-${kubeName(writing.name)}-${String(index)}`,
      { hostPath: { path: source } },
      mount,
    );
    return;
  }
  const name = kubeName(source);
  objects.set(`PersistentVolumeClaim ${name}`, {
    ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name } },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  mountVolume(into, name, { persistentVolumeClaim: { claimName: name } }, mount);
  lose(writing, `volumes.${source}`, claim);
}
