import { expect, test } from 'vitest';
import { parseTree, type TreeEntry, treeDifference } from '../../../../src/core/model/tree.ts';

function entry(path: string, more: Partial<TreeEntry> = {}): TreeEntry {
  return {
    path,
    type: 'f',
    rights: '644 0 0',
    sizeBytes: 1,
    modified: '100.5',
    changedS: 100,
    inode: path,
    names: 1,
    target: '',
    ...more,
  };
}
const root = entry('', { type: 'd' });
const folder = (path: string): TreeEntry => entry(path, { type: 'd' });

test('equal trees need nothing; the size of a folder is no difference', () => {
  const tree = [root, folder('a'), entry('a/f')];
  expect(treeDifference(tree, [{ ...root, sizeBytes: 9 }, ...tree.slice(1)], 200)).toEqual({
    remove: [],
    send: [],
    leave: [],
    bytes: 0,
  });
});

test('what differs is sent with the folders above it, and what is gone is removed with what is in it', () => {
  const from = [
    root,
    folder('a'),
    folder('a/b'),
    entry('a/b/f', { sizeBytes: 7 }),
    entry('same'),
    folder('kept'),
    entry('kept/f'),
  ];
  const to = [...from.slice(0, 3), entry('a/b/f'), ...from.slice(4), folder('old'), entry('old/x')];
  expect(treeDifference(from, to, 200)).toEqual({
    remove: ['old'],
    send: ['', 'a', 'a/b', 'a/b/f'],
    leave: ['same', 'kept'],
    bytes: 7,
  });
});

test.each([
  ['rights', { rights: '600 0 0' }],
  ['time, by a fraction of a second', { modified: '100.6' }],
  ['the target of a link', { type: 'l', target: 'x' }],
])('%s makes a difference', (_, more) => {
  const from = [root, entry('f', more)];
  expect(
    treeDifference(
      from,
      [root, entry('f', { ...more, rights: '644 0 0', modified: '100.5', target: '' })],
      200,
    ).send,
  ).toContain('f');
});

test('what changed since is sent even where nothing shows', () => {
  const from = [root, entry('f', { changedS: 200.4 }), entry('g')];
  expect(treeDifference(from, from, 200).send).toEqual(['', 'f']);
});

test('all names of a file go together, and its bytes count once', () => {
  const from = [
    root,
    entry('a', { inode: '1', names: 2, sizeBytes: 5 }),
    entry('b', { inode: '1', names: 2, sizeBytes: 5 }),
  ];
  const to = [root, entry('b', { sizeBytes: 5 })];
  expect(treeDifference(from, to, 200)).toEqual({ remove: [], send: ['', 'a', 'b'], leave: [], bytes: 5 });
});

test('a thing of another kind makes place first; sockets do not travel', () => {
  const from = [root, entry('a'), entry('s', { type: 's' })];
  const to = [root, folder('a'), entry('a/f'), entry('s', { type: 's' })];
  expect(treeDifference(from, to, 200)).toEqual({
    remove: ['a', 's'],
    send: ['', 'a'],
    leave: ['s'],
    bytes: 1,
  });
});

test('names may hold anything but a zero byte', () => {
  const text = [
    'd',
    '755 0 0',
    '40',
    '1.5',
    '2.5',
    '7',
    '2',
    '',
    '',
    'f',
    '644 0 0',
    '3',
    '1',
    '2',
    '8',
    '1',
    '',
    'odd\n na\tme',
    '',
  ].join('\0');
  expect(parseTree(text)).toEqual([
    entry('', {
      type: 'd',
      rights: '755 0 0',
      sizeBytes: 40,
      modified: '1.5',
      changedS: 2.5,
      inode: '7',
      names: 2,
    }),
    entry('odd\n na\tme', { sizeBytes: 3, modified: '1', changedS: 2, inode: '8' }),
  ]);
});
