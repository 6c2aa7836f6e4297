import type { AppRequest } from '../model/app.ts';
import type { ContainerRequest, EngineKind } from '../model/container.ts';
import { unknownImageConfig } from '../model/image.ts';
import type { Instance, ResolvedImage } from '../model/instance.ts';
import { instanceName } from '../model/instance-name.ts';
import { resolveInstance } from '../model/resolve.ts';

/** Stands where a host has the keyed hash of a content. */
function hashPlace(what: string): string {
  return `HASH-OF-${what.replaceAll(/[^A-Za-z0-9_.-]+/g, '-').replace(/^-/, '')}`;
}

function byReference(reference: string): ResolvedImage {
  return { reference, id: reference, digest: null };
}

/** The instances of an app as far as its descriptor alone says: images by reference, contents by HASH-OF-…. */
export function instancesWithoutHost(request: AppRequest, engine: EngineKind): readonly Instance[] {
  return request.containers.map((container) => instanceWithoutHost(container, engine));
}

function instanceWithoutHost(request: ContainerRequest, engine: EngineKind): Instance {
  const { app, container, spec, environment, secretEnvironment = {} } = request;
  const keys = [...Object.keys(environment), ...Object.keys(secretEnvironment)];
  return resolveInstance({
    name: instanceName(request),
    app,
    container,
    engine,
    spec,
    image: byReference(spec.image),
    imageConfig: unknownImageConfig,
    hold: null,
    environmentKeys: keys,
    environmentFile: keys.length === 0 ? null : hashPlace('environment'),
    ...(spec.files === undefined
      ? {}
      : { files: spec.files.map((file) => ({ ...file, hash: hashPlace(file.target) })) }),
    ...(spec.secrets === undefined
      ? {}
      : {
          secrets: spec.secrets.map((secret) => ({
            ...secret,
            hash: hashPlace(secret.name),
            encrypted: true,
          })),
        }),
    ...(spec.init === undefined ? {} : { initImages: spec.init.map(({ image }) => byReference(image)) }),
  });
}
