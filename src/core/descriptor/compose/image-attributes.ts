import type { Path } from '../document.ts';
import { type Attribute, kept, near } from './attribute.ts';
import type { ServiceReader } from './service-reader.ts';

const built = 'gear builds no images: build it first, with docker compose build';

/** What runs: the image, its command, and steps before it. */
export const imageAttributes: readonly Attribute[] = [
  kept('image', 'image', (service, value, path) => {
    const text = service.reader.text(value, path);
    if (text !== undefined) service.set('image', text, path);
  }),
  near('build', 'image', `${built}; without image it is PROJECT-SERVICE`, (service, _, path) => {
    if (service.service.fields['image'] === undefined)
      service.set('image', `${service.project.name}-${service.service.name.toLowerCase()}`, path);
    service.approximate(
      path,
      `${built}; the image is ${String(service.native['image'] ?? service.service.fields['image'])}`,
    );
  }),
  kept('command', 'command', (service, value, path) => commandLine(service, 'command', value, path)),
  kept('entrypoint', 'entrypoint', (service, value, path) => commandLine(service, 'entrypoint', value, path)),
  near(
    'post_start',
    'init',
    'runs before the start, in a container of its own with the same volumes and networks',
    (service, value, path) => {
      for (const [hook, at] of service.reader.list(value, path)) {
        const fields = service.reader.fields(hook, at, [
          'command',
          'user',
          'privileged',
          'working_dir',
          'environment',
        ]);
        if (fields === undefined) continue;
        const words =
          typeof fields['command'] === 'string'
            ? ['/bin/sh', '-c', fields['command']]
            : service.reader.texts(fields['command'], [...at, 'command']).map(([text]) => text);
        const [entrypoint, ...command] = words;
        service.add(
          'init',
          {
            entrypoint: [entrypoint],
            command,
            ...(fields['user'] === undefined ? {} : { user: fields['user'] }),
          },
          at,
        );
        for (const key of ['privileged', 'working_dir', 'environment'])
          if (fields[key] !== undefined)
            service.approximate([...at, key], 'left out: the step runs as its container does');
      }
      service.approximate(
        path,
        'runs before the start, in a container of its own with the same volumes and networks',
      );
    },
  ),
];

/** A line is split into words as a shell does, by either tool. Nothing, and an empty one, are the image's own. */
function commandLine(service: ServiceReader, key: string, value: unknown, path: Path): void {
  if (value === null) return;
  if (value === '' || (Array.isArray(value) && value.length === 0)) {
    service.approximate(path, `an empty ${key} is the image's own`);
    return;
  }
  if (typeof value === 'string') service.set(key, value, path);
  else
    service.set(
      key,
      service.reader.list(value, path).map(([item, at]) => service.reader.text(item, at) ?? ''),
      path,
    );
}
