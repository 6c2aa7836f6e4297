import { expect, test } from 'vitest';
import { createConnected, type Making } from '../../../../src/adapters/engine/create-connected.ts';

const request = {
  name: 'ctr-web.1',
  arguments: ['create', '--name', 'ctr-web.1', 'web:1', 'run', '--name', 'other'],
  environment: {},
};
const front = { name: 'shop_front', aliases: ['web'] };
const back = { name: 'shop_back', aliases: [] };

function noted(refuse: (call: string) => boolean = () => false): { calls: string[]; making: Making } {
  const calls: string[] = [];
  const note = (call: string): Promise<void> => {
    calls.push(call);
    return refuse(call) ? Promise.reject(new Error(call)) : Promise.resolve();
  };
  const making: Making = {
    create: async ({ name, arguments: words }) => {
      await note(`create ${name}: ${words.join(' ')}`);
      return 'c0ffee';
    },
    connect: (container, { name }) => note(`connect ${container} ${name}`),
    rename: (container, name) => note(`rename ${container} ${name}`),
    discard: (container) => note(`discard ${container}`),
  };
  return { calls, making };
}

test('one network among the arguments is made at once', async () => {
  const { calls, making } = noted();
  await createConnected({ ...request, connect: [] }, making);
  expect(calls).toEqual(['create ctr-web.1: create --name ctr-web.1 web:1 run --name other']);
});

test('a container of several networks gets its name when it is on all of them', async () => {
  const { calls, making } = noted();
  expect(await createConnected({ ...request, connect: [front, back] }, making)).toBe('c0ffee');
  expect(calls).toEqual([
    'discard ctr-web.1.new',
    'create ctr-web.1.new: create --name ctr-web.1.new web:1 run --name other',
    'connect ctr-web.1.new shop_front',
    'connect ctr-web.1.new shop_back',
    'rename ctr-web.1.new ctr-web.1',
  ]);
});

test('nothing is left of a container that cannot join a network', async () => {
  const { calls, making } = noted((call) => call.endsWith('shop_back'));
  await expect(createConnected({ ...request, connect: [front, back] }, making)).rejects.toThrow('shop_back');
  expect(calls.at(-1)).toBe('discard ctr-web.1.new');
});
