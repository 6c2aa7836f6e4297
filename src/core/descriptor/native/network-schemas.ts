import * as z from 'zod/mini';
import { choice, map, orNothing, struct, text, toggle, words } from './expect.ts';
import { pairs } from './text-schemas.ts';

const optional = z.optional;

const pairValue = text({ what: 'a text or a number', example: 'value' });

/** Only texts: the options of a driver. */
function settings(example: string, summary: string) {
  return map({ what: 'a map of texts', example, summary }, pairValue);
}

export const networkSchema = orNothing(
  { what: 'a map, or nothing', example: '{internal: true}' },
  struct(
    { what: 'a map, or nothing', example: '{internal: true}' },
    {
      name: optional(
        words({ what: 'a name', example: 'shared', summary: "The engine's name for it; else APP_NAME" }),
      ),
      external: optional(
        toggle({
          what: 'true or false',
          example: 'true',
          summary: 'It exists already; gear neither makes nor removes it',
        }),
      ),
      driver: optional(words({ what: 'a driver', example: 'bridge', summary: 'Its driver' })),
      internal: optional(toggle({ what: 'true or false', example: 'true', summary: 'No way out of it' })),
      ipv6: optional(toggle({ what: 'true or false', example: 'true', summary: 'IPv6 too' })),
      subnet: optional(
        words({ what: 'a subnet', example: '10.5.0.0/24', summary: 'Its addresses; else gear chooses' }),
      ),
      gateway: optional(
        words({ what: 'an IP address', example: '10.5.0.1', summary: 'The address of its gateway' }),
      ),
      ip_range: optional(
        words({ what: 'a subnet', example: '10.5.0.128/25', summary: 'The part of it that containers get' }),
      ),
      options: optional(settings('{com.docker.network.driver.mtu: 1400}', 'Options of its driver')),
      labels: optional(pairs('{team: shop}', 'Labels')),
    },
  ),
);

export const volumeSchema = orNothing(
  { what: 'a map, or nothing', example: '{external: true}' },
  struct(
    { what: 'a map, or nothing', example: '{external: true}' },
    {
      name: optional(
        words({ what: 'a name', example: 'shop-data', summary: "The engine's name for it; else APP_NAME" }),
      ),
      external: optional(
        toggle({
          what: 'true or false',
          example: 'true',
          summary: 'It exists already; gear neither makes nor removes it',
        }),
      ),
      driver: optional(words({ what: 'a driver', example: 'local', summary: 'Its driver' })),
      options: optional(
        settings('{type: nfs, device: ":/srv/data", o: addr=10.0.0.5}', 'Options of its driver'),
      ),
      labels: optional(pairs('{team: shop}', 'Labels')),
    },
  ),
);

export const engineSchema = choice(
  {
    what: 'docker or podman',
    example: 'podman',
    summary: 'The engine that runs the app; else what it has, else Docker before Podman',
  },
  ['docker', 'podman'],
);
