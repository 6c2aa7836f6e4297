import type { ImageConfig } from '../../core/model/image.ts';
import type { ImageFacts } from '../../ports/engine.ts';
import { number, object, string, stringMap, strings } from './json.ts';
import type { Json } from './json.ts';

const nanosecondsPerMs = 1_000_000;

/**
 * An image as both engines' inspect shows it. Podman leaves 'sha256:' out of IDs, has Healthcheck beside Config, and
 * invents digests for names that never came from a registry.
 */
export function imageFacts(inspected: unknown): ImageFacts {
  const image = object(inspected);
  const id = string(image['Id']);
  return {
    id: id.startsWith('sha256:') ? id : `sha256:${id}`,
    digests: strings(image['RepoDigests']).filter((digest) => !/^(?:gear\.local|localhost)\//.test(digest)),
    tags: strings(image['RepoTags']).filter((tag) => tag !== '<none>:<none>'),
    sizeBytes: number(image['Size']),
    architecture: string(image['Architecture']),
    layers: strings(object(image['RootFS'])['Layers']),
    config: imageConfig(image),
  };
}

function imageConfig(image: Json): ImageConfig {
  const config = object(image['Config']);
  return {
    entrypoint: strings(config['Entrypoint']),
    command: strings(config['Cmd']),
    user: string(config['User']),
    environment: strings(config['Env']),
    volumes: Object.keys(object(config['Volumes'])).sort(),
    health: healthOf(config['Healthcheck'] ?? image['Healthcheck'] ?? image['HealthCheck']),
    labels: stringMap(config['Labels']),
  };
}

function healthOf(value: unknown): ImageConfig['health'] {
  if (value === undefined || value === null) return null;
  const health = object(value);
  return {
    test: strings(health['Test']),
    intervalMs: number(health['Interval']) / nanosecondsPerMs,
    timeoutMs: number(health['Timeout']) / nanosecondsPerMs,
    retries: number(health['Retries']),
    startPeriodMs: number(health['StartPeriod']) / nanosecondsPerMs,
  };
}
