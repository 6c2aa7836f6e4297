import { readFile } from 'node:fs/promises';
import { isGone } from './gone.ts';

/** A file of /proc or of a cgroup; undefined when the process or the cgroup has gone. */
export async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(isGone);
}

/** The numbers in a file such as cgroup.procs; none when it has gone. */
export async function numbersIn(file: string): Promise<number[]> {
  return ((await readIfThere(file)) ?? '').split(/\s+/).filter(Boolean).map(Number);
}

export async function childrenOf(pid: number): Promise<number[]> {
  return numbersIn(`/proc/${pid}/task/${pid}/children`);
}

/** Whether the process is PID 1 of a PID namespace right below this one. */
export async function isInit(pid: number): Promise<boolean> {
  return /^NSpid:\t\d+\t1$/m.test((await readIfThere(`/proc/${pid}/status`)) ?? '');
}

export async function leadsGroup(pid: number): Promise<boolean> {
  return (await statFields(pid))[2] === String(pid);
}

/** With the pid it names one process for ever, also when the pid is used again. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  return (await statFields(pid))[19];
}

/** proc_pid_stat(5) from its third field on: the second is the command's name, which may hold blanks. */
async function statFields(pid: number): Promise<string[]> {
  const stat = (await readIfThere(`/proc/${pid}/stat`)) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
