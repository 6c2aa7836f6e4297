import { contentKeys } from '../../src/core/descriptor/compose/declared-contents.ts';
import { composeWriters } from '../../src/core/descriptor/compose/write-keys.ts';
import { serviceAttributes } from '../../src/core/descriptor/compose/service-attributes.ts';
import { networkKeys, volumeKeys } from '../../src/core/descriptor/compose/top-level.ts';
import type { FormatPage } from './page.ts';

export const composePage: FormatPage = {
  title: 'Compose files',
  before: [
    '`gear check`, `plan` and `apply` read a file with `services:` as a Compose file; `gear convert FILE` prints it in the',
    'native form.',
    '',
    'The app has the name of the project: `COMPOSE_PROJECT_NAME`, else `name:`, else that of the folder, as Compose finds',
    'it. Networks and volumes have the names that Compose gives them, so those of a running project are found. A service',
    'without `restart:` gets `on-failure`.',
    '',
    'Several files with `-f` are laid over each other by the rules of Compose, `!reset` and `!override` among them, and of a',
    'folder so is `compose.override.yaml`. `include` and `extends` of other files are followed; paths are relative to the',
    'file that holds them. Profiles are active by COMPOSE_PROFILES and `--profile`. Of a folder COMPOSE_FILE, in its `.env`',
    'or the shell, says which files are the project; in a folder that `gear watch` watches each file is an app, whatever its',
    'own environment says. Variables are those of the shell, and below them those of `.env` beside the file, or of the files',
    'that COMPOSE_ENV_FILES of the shell names instead; with COMPOSE_DISABLE_ENV_FILE there are none. COMPOSE_PROJECT_NAME',
    'can be filled in without being set.',
    '',
    '`$NAME` is a variable as `${NAME}` is, also in `.env` and `env_file`, but not in single quotes; `$$` is a dollar sign.',
    'What is not set is empty, and told as approximated; in `.env` and `env_file`, and with `:?`, it is a mistake. Host paths',
    'that are mounted have to be there: gear makes no empty folder where a file or a disk was meant.',
  ],
  tables: [
    { title: 'Services', rows: serviceAttributes.toSorted((a, b) => (a.name < b.name ? -1 : 1)) },
    { title: 'Networks', rows: networkKeys },
    { title: 'Volumes', rows: volumeKeys },
    { title: 'Secrets and configs', rows: contentKeys },
    {
      title: 'The way out: gear export APP --format compose',
      to: 'a Compose file',
      rows: composeWriters.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    },
  ],
  after: [
    'A secret or config with `file`, `content` or `environment` becomes one of `files` of the containers that use it.',
  ],
};
