import * as z from 'zod/mini';
import { either, list, map, struct, text, words } from './expect.ts';

const optional = z.optional;

export const envSchema = (() => {
  const note = {
    what: 'a map, or a list of KEY=VALUE',
    example: '{MODE: production, PASSWORD: {secret: db-password}}',
    summary: "Variables; one without a value takes that of gear's own environment",
  };
  const value = either({ what: 'a text, or {secret: NAME}', example: 'production' }, [
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    struct(
      { what: 'a text, or {secret: NAME}', example: '{secret: db-password}' },
      {
        secret: words({
          what: 'the name of a secret',
          example: 'db-password',
          summary: 'Secret of the host',
        }),
      },
    ),
  ]);
  return either(note, [
    map(note, value),
    list(note, words({ what: 'KEY=VALUE', example: 'MODE=production' })),
  ]);
})();

export const secretsSchema = list(
  {
    what: 'a list of secrets',
    example: '[db-password]',
    summary: 'Secrets of the host that it reads at /run/secrets/NAME',
  },
  either({ what: 'the name of a secret, or a map', example: 'db-password' }, [
    z.string(),
    struct(
      {
        what: 'the name of a secret, or a map',
        example: '{name: db-password, file: password, mode: "0400"}',
      },
      {
        name: words({ what: 'the name of a secret', example: 'db-password', summary: 'Secret of the host' }),
        file: optional(
          words({
            what: 'a file name',
            example: 'password',
            summary: 'Its name in /run/secrets; else its own',
          }),
        ),
        mode: optional(
          text({ what: 'a mode in octal', example: '"0400"', summary: 'Its permissions; else 0444' }),
        ),
      },
    ),
  ]),
);

export const filesSchema = list(
  {
    what: 'a list of files',
    example: '[{source: ./nginx.conf, target: /etc/nginx/nginx.conf}]',
    summary: 'Files of configuration, read-only in the container; a changed one makes it start anew',
  },
  struct(
    {
      what: 'a map with source or content, and target',
      example: '{source: ./nginx.conf, target: /etc/nginx/nginx.conf}',
    },
    {
      source: optional(
        words({
          what: 'a path',
          example: './nginx.conf',
          summary: "The file, relative to the descriptor's folder",
        }),
      ),
      content: optional(text({ what: 'a text', example: '"listen 80"', summary: 'The content itself' })),
      target: words({
        what: 'an absolute path',
        example: '/etc/nginx/nginx.conf',
        summary: 'Its path in the container',
      }),
      mode: optional(
        text({ what: 'a mode in octal', example: '"0444"', summary: 'Its permissions; else 0444' }),
      ),
    },
  ),
);
