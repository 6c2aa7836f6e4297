import { quadletWriters } from '../../src/core/descriptor/quadlet/write-keys.ts';
import { containerKeys } from '../../src/core/descriptor/quadlet/container-keys.ts';
import { kubeKeys } from '../../src/core/descriptor/quadlet/kube-keys.ts';
import { quadletCoverage } from '../../src/core/descriptor/quadlet/other-sections.ts';
import { podKeys } from '../../src/core/descriptor/quadlet/pod-keys.ts';
import {
  buildKeys,
  imageKeys,
  networkKeys,
  volumeKeys,
} from '../../src/core/descriptor/quadlet/resource-keys.ts';
import { installCoverage, serviceCoverage } from '../../src/core/descriptor/quadlet/service-section.ts';
import { unitCoverage } from '../../src/core/descriptor/quadlet/unit-sections.ts';
import type { FormatPage } from './page.ts';

const sorted = <T extends { readonly name: string }>(rows: readonly T[]): readonly T[] =>
  rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));

export const quadletPage: FormatPage = {
  title: 'Quadlet files',
  before: [
    '    gear check /etc/containers/systemd/',
    '    gear apply /etc/containers/systemd/ --engine podman',
    '    gear convert web.container',
    '',
    'The Quadlet files of a folder are one app, which has the name of the folder in lower case; a file that is named alone',
    'brings along the files beside it that it names, and its app is called as it is. Drop-ins (`web.container.d/*.conf`,',
    '`container.d/`), templates with `DefaultInstance=` or links such as `web@blue.container`, and specifiers are',
    'understood; `%H` and others that only a host could fill are refused. Either engine runs the app.',
    '',
    'Volumes and networks have the names that Quadlet gives them (`systemd-NAME`), so their data is found. What Quadlet',
    'does without being told is kept where it matters: without `Restart=` nothing is started again, without `Network=` a',
    "container is on the engine's own network. Units are called `ctr-APP.CONTAINER.service`, and all of them start at",
    'boot. The order after network-online.target is left out, as gear has the images before it starts anything.',
    '',
    'A timer beside a container of `Type=oneshot`, `backup.timer` for `backup.container`, becomes its `schedule`.',
    '',
    'The containers of a pod share one network: the first by name that waits for no other of them has it, with ports,',
    'addresses and names, and the others stop and start with it. A `.kube` file stands for the containers of its manifests,',
    'which are read as [Kubernetes](kubernetes.md) ones are; in a folder with one, manifests are no app of their own.',
  ],
  tables: [
    { title: '[Container]', rows: sorted(containerKeys) },
    { title: '[Pod]', rows: sorted(podKeys) },
    { title: '[Kube]', rows: sorted(kubeKeys) },
    { title: '[Volume]', rows: sorted(volumeKeys) },
    { title: '[Network]', rows: sorted(networkKeys) },
    { title: '[Image]', rows: sorted(imageKeys) },
    { title: '[Build]', rows: sorted(buildKeys) },
    { title: '[Unit]', rows: unitCoverage },
    { title: '[Service]', rows: serviceCoverage },
    { title: '[Install]', rows: installCoverage },
    { title: '[Quadlet]', rows: quadletCoverage },
    {
      title: 'The way out: gear export APP --format quadlet',
      to: 'Quadlet',
      rows: quadletWriters.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    },
  ],
};
