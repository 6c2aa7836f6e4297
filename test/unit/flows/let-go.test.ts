import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { letGoOfClient } from '../../../src/flows/let-go.ts';
import { contextOn } from './gear-in-memory.ts';

test.each([[['override.conf']], [[]]])(
  'of the runtime drop-ins %j of a unit, none but its own goes',
  async (own) => {
    const host = new MemoryHost();
    const unit = 'web.service';
    const folder = `${paths.runtimeUnits}/${unit}.d`;
    host.files.place(`${paths.units}/${unit}`, '[Service]\nExecStart=/bin/true\n');
    // As `systemctl set-property --runtime` and `edit --runtime` leave them.
    for (const name of own) host.files.place(`${folder}/${name}`, '[Service]\nNice=5\n');
    await letGoOfClient(contextOn(host), unit);
    expect((await host.files.list(folder)).map(({ name }) => name)).toEqual(own);
    expect(await host.files.exists(folder)).toBe(own.length > 0);
  },
);
