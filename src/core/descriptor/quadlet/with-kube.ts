import type { Fields } from '../foreign/foreign-reader.ts';
import type { ForeignApp } from '../foreign/foreign-app.ts';
import { PlaceMap } from '../foreign/place-map.ts';

/** The app with the containers and volumes of manifests in it; each is found in the file that it is from. */
export function withKube(app: ForeignApp, kube: readonly ForeignApp[]): ForeignApp {
  if (kube.length === 0) return app;
  const owners = new Map(
    kube.flatMap((each) => Object.keys(containersOf(each)).map((name) => [name, each] as const)),
  );
  const places = new PlaceMap();
  for (const each of [app, ...kube]) places.add(each.places);
  const parts = (key: string): Fields =>
    Object.assign({}, ...[app, ...kube].map((each) => partOf(each, key))) as Fields;
  const volumes = parts('volumes');
  return {
    document: {
      ...app.document,
      value: {
        ...(app.document.value as Fields),
        containers: parts('containers'),
        ...(Object.keys(volumes).length === 0 ? {} : { volumes }),
      },
      place: (path, part) => {
        const owner = path[0] === 'containers' ? owners.get(String(path[1])) : undefined;
        // What the unit says of a container of a manifest stands in the unit.
        const { document } = owner === undefined || app.places.exact(path) !== undefined ? app : owner;
        return document.place(path, part);
      },
    },
    losses: [app, ...kube].flatMap(({ losses }) => losses),
    references: [app, ...kube].flatMap(({ references }) => references),
    places,
  };
}

/** The containers of an app by name. */
export function containersOf(app: ForeignApp): Fields {
  return partOf(app, 'containers');
}

function partOf({ document }: ForeignApp, key: string): Fields {
  return ((document.value as Fields)[key] ?? {}) as Fields;
}
