import { containerKeys, deploymentKeys } from '../../src/core/descriptor/geard/keys.ts';
import type { FormatPage } from './page.ts';

export const geardPage: FormatPage = {
  title: 'Deployments of geard',
  before: [
    '    gear check deployment.json',
    '    gear apply deployment.json',
    '',
    'A JSON file with a list of `Containers` is read as a deployment of geard, also one that geard wrote itself. Keys have',
    'any case; what geard passes over is told. The app has the name of the file without the time at its end.',
    '',
    'geard gave a container each link as an address of its own, such as 127.0.0.1:27017. Here the containers of an app know',
    'each other by name, so what is linked is asked as `db:27017`. Environment files and volumes that geard keeps below',
    '/var/lib/containers stay there.',
  ],
  tables: [
    { title: 'Deployment', rows: deploymentKeys },
    { title: 'Container', rows: containerKeys },
  ],
};
