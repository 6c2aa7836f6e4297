import { asPairs, keptAll, leftOut, near, pairOf, type QuadletKey, wordsOf } from './key.ts';

/** Variables, labels, secrets, and what becomes variables. */
export const environmentKeys: readonly QuadletKey[] = [
  keptAll('EnvironmentFile', 'env_file', (container, value) => {
    for (const word of wordsOf(container, value)) container.add('env_file', word, value.path);
  }),
  near('Timezone', 'env, volumes', 'TZ; of `local` a mount of /etc/localtime', (container, value) => {
    if (value.text === 'local') {
      container.add('volumes', '/etc/localtime:/etc/localtime:ro', value.path);
      container.approximate(value.path, 'a mount of /etc/localtime');
      return;
    }
    container.put('env', 'TZ', container.filled(value), value.path);
    container.approximate(value.path, 'the variable TZ, which needs zones in the image');
  }),
  keptAll(
    'Environment',
    'env',
    (container, value) => {
      for (const word of wordsOf(container, value)) {
        const [key, text] = pairOf(word);
        if (text !== undefined) container.put('env', key, text, value.path);
        else if (Object.hasOwn(container.reader.context.environment, key)) {
          container.put('env', key, null, value.path);
          container.approximate(value.path, `${key} takes the value that it has where gear is called`);
        } else container.approximate(value.path, `${key} is left out: it has no value here`);
      }
    },
    'a variable without a value takes that of where gear is called',
  ),
  leftOut('EnvironmentHost', 'left out: name the variables, with Environment=', ['false', 'no', '0']),
  leftOut('HttpProxy', 'left out: gear never passes the proxy of a shell on', ['false', 'no', '0']),
  asPairs('Label', 'labels'),
  asPairs('Annotation', 'annotations'),
  keptAll(
    'Secret',
    'secrets, env',
    (container, value) => {
      const [name = '', ...options] = container.filled(value).split(',');
      const fields = new Map(options.map((option) => pairOf(option.trim())));
      const target = fields.get('target');
      for (const key of ['uid', 'gid'])
        if (fields.has(key)) container.approximate(value.path, `${key} is left out: the file is root's`);
      if (fields.get('type') === 'env') {
        container.put('env', target ?? name, { secret: name }, value.path);
        return;
      }
      const file = target?.replace(/^\/run\/secrets\//, '') ?? name;
      const mode = fields.get('mode');
      if (file.startsWith('/')) {
        container.refuse(
          value.path,
          'gear puts secrets into /run/secrets',
          'take the folder of target= away',
        );
        return;
      }
      const said = {
        name,
        ...(file === name ? {} : { file }),
        ...(mode === undefined ? {} : { mode: mode.padStart(4, '0') }),
      };
      container.add('secrets', Object.keys(said).length === 1 ? name : said, value.path);
    },
    'a secret of the host: gear secret set NAME',
  ),
];
