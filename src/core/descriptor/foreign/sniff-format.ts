import type { Format } from './formats.ts';

/** podman-systemd.unit(5): what Quadlet calls its files by. */
const quadletFile = /\.(container|pod|volume|network|image|build|kube|artifact)$/;
const quadletSection = /^\s*\[(Container|Pod|Kube|Network|Volume|Image|Build|Artifact|Quadlet)\]\s*$/m;
/** A unit begins with a section; the lines of YAML that look like one are inside of something. */
const startsWithSection = /^(\s*([#;].*)?\n)*\s*\[[A-Za-z]+\]\s*\n/;
/** Keys at the top level of YAML, of one of several documents. */
const kubernetesKeys = [/^apiVersion[ \t]*:/m, /^kind[ \t]*:/m];
const kubernetesJson = [/"apiVersion"\s*:/, /"kind"\s*:/];

/** Whether a file of this name is one of Quadlet's. */
export function isQuadletName(name: string): boolean {
  return quadletFile.test(name);
}

/**
 * The format of a file by what it holds, and for Quadlet by its name, before it is parsed: other formats have other rules for
 * variables and for several documents. null: YAML of gear's own or of Compose, which its keys tell apart.
 */
export function sniffFormat(name: string, text: string): Exclude<Format, 'native' | 'compose'> | null {
  const json = text.trimStart().startsWith('{');
  if (isQuadletName(name)) return 'quadlet';
  const keys = json ? kubernetesJson : kubernetesKeys;
  if (keys.every((key) => key.test(text))) return 'kubernetes';
  if (json && /"containers"\s*:\s*\[/i.test(text)) return 'geard';
  return startsWithSection.test(text) && quadletSection.test(text) ? 'quadlet' : null;
}
