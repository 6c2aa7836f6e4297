import { CallLog } from '../../../../../src/adapters/host/memory/calls.ts';
import { MemoryFiles } from '../../../../../src/adapters/host/memory/files.ts';
import { describeFiles } from '../../files/contract.ts';

describeFiles('in memory', () => {
  const files = new MemoryFiles(new CallLog());
  files.tree.makeFolder('/root');
  return Promise.resolve({
    files,
    root: '/root',
    modeOf: (path) => Promise.resolve(files.modeOf(path) ?? -1),
    inodeOf: (path) => Promise.resolve(files.tree.find(path)?.inode ?? -1),
  });
});
