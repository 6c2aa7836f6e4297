import { kubeWriters } from '../../src/core/descriptor/kubernetes/write-keys.ts';
import { claimFields, configMapFields, secretFields } from '../../src/core/descriptor/kubernetes/cluster.ts';
import { containerFields } from '../../src/core/descriptor/kubernetes/container-fields.ts';
import { kinds } from '../../src/core/descriptor/kubernetes/kinds.ts';
import { metadataFields } from '../../src/core/descriptor/kubernetes/metadata.ts';
import { podFields } from '../../src/core/descriptor/kubernetes/pod-fields.ts';
import { containerSecurity, podSecurity } from '../../src/core/descriptor/kubernetes/security-fields.ts';
import { serviceFields } from '../../src/core/descriptor/kubernetes/services.ts';
import { volumeKinds } from '../../src/core/descriptor/kubernetes/volume-kinds.ts';
import { workloadFields } from '../../src/core/descriptor/kubernetes/workload-fields.ts';
import type { FormatPage } from './page.ts';

const sorted = <T extends { readonly name: string }>(rows: readonly T[]): readonly T[] =>
  rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));

export const kubernetesPage: FormatPage = {
  title: 'Kubernetes manifests',
  before: [
    '    gear check deployment.yaml',
    '    gear apply manifests/',
    '    helm template shop ./chart > shop.yaml && gear convert shop.yaml',
    '',
    'All documents of a file, and all manifests of a folder, are one app, which has the name of the file or folder. Other',
    'kinds and apiVersions than these are refused by name, and so are templates that Helm has not rendered.',
    '',
    'A pod with one container is a container of its name; of a pod with several the first one, or the first sidecar, has the',
    'network, and the others share it, stop and start with it. Copies are `count`, or containers of their own where pods',
    'have several containers or claims of volumes. A Service is a further name of the containers that it selects: they are',
    'asked at their own ports, so a client that asks another `port` than the `targetPort` has to be told.',
    '',
    'A claim is a volume of its name, as for `podman kube play`. The contents of a ConfigMap or Secret are variables and',
    'files of the containers that use it; a Secret that is not among the files is a secret of the host, `NAME.KEY`.',
    '',
    '`gear export APP --format kube` writes the way back: a Deployment, Pod or Job for each pod, with a label `app`, or',
    'another where a container has one of its own, and a Service without an address for each of its names.',
  ],
  tables: [
    { title: 'Kinds', rows: kinds },
    { title: 'metadata', rows: metadataFields },
    { title: 'Pod', rows: sorted(podFields) },
    { title: 'Volumes of a pod', rows: sorted(volumeKinds) },
    { title: 'Container', rows: sorted(containerFields) },
    { title: 'securityContext of a pod', rows: sorted(podSecurity) },
    { title: 'securityContext of a container', rows: sorted(containerSecurity) },
    ...Object.entries(workloadFields).map(([title, rows]) => ({ title, rows: sorted(rows) })),
    { title: 'Service', rows: sorted(serviceFields) },
    { title: 'ConfigMap', rows: configMapFields },
    { title: 'Secret', rows: secretFields },
    { title: 'PersistentVolumeClaim', rows: claimFields },
    {
      title: 'The way out: gear export APP --format kube',
      to: 'Kubernetes',
      rows: kubeWriters.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    },
  ],
};
