import { clearInterval, setInterval } from 'node:timers';

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const labelWidth = 34;

/**
 * What a person sees of the demo. On a terminal the step at work is a line that is rewritten; elsewhere each line is
 * written once.
 */
export function createScreen(output) {
  const live = output.isTTY === true;
  const colours = live && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
  const paint = (code) => (text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  const style = { bold: paint(1), dim: paint(2), good: paint(32), bad: paint(31), prompt: paint(36) };
  const startMs = Date.now();
  let timer;

  const clear = () => {
    clearInterval(timer);
    timer = undefined;
    if (live) output.write('\r\u001b[K');
  };
  const print = (text) => output.write(`${text}\n`);

  /** Runs work under a label; what it tells is shown beside it, its result and duration when it is done. */
  async function step(label, work) {
    const began = Date.now();
    let detail = '';
    let frame = 0;
    const draw = () => {
      const line = `${frames[frame++ % frames.length]} ${label.padEnd(labelWidth)} ${seconds(began)}  ${detail}`;
      output.write(`\r\u001b[K${line.slice(0, (output.columns ?? 80) - 1)}`);
    };
    const tell = (text) => {
      detail = text;
      if (!live) print(`    ${text}`);
    };
    if (live) timer = setInterval(draw, 100);
    else print(`… ${label}`);
    try {
      const result = await work(tell);
      clear();
      const note = typeof result === 'string' ? style.dim(`  ${result}`) : '';
      print(`${style.good('✓')} ${label.padEnd(labelWidth)} ${seconds(began)}${note}`);
      return result;
    } catch (error) {
      clear();
      print(`${style.bad('✗')} ${label.padEnd(labelWidth)} ${seconds(began)}`);
      throw error;
    }
  }

  return {
    step,
    title: (text) => print(`${style.bold(text)}\n`),
    say: (text) => print(`\n${text}`),
    /** The command line that runs next, as typed. */
    typed: (host, line) => print(`\n${style.prompt(`${host} $`)} ${style.bold(line)}`),
    took: (began, how = '') => print(style.dim(`(${how}${seconds(began).trim()})`)),
    end: clear,
    elapsed: () => seconds(startMs).trim(),
  };
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s`;
}
