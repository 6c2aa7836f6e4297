#!/usr/bin/env -S node --import tsx --
// Runs src/ as it is, without a build.
import path from 'node:path';
import { readCommands } from '../scripts/read-commands.ts';
import { runCommandLine } from '../src/cli/run.ts';

await runCommandLine(process.argv.slice(2), await readCommands(path.join(import.meta.dirname, '..')));
