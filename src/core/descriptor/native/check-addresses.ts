import { quote } from '../../../errors/quote.ts';
import { type Block, formatBlock, parseBlock } from '../../model/cidr.ts';
import type { Path } from '../document.ts';
import { parseIp } from '../options/addresses.ts';
import type { Findings } from './findings.ts';

interface Subnet {
  readonly subnet?: string | undefined;
  readonly gateway?: string | undefined;
  readonly ip_range?: string | undefined;
}

/** Notes what is no subnet or address, and a gateway or a range that is not in the subnet: engines refuse them late. */
export function checkSubnet(findings: Findings, path: Path, { subnet, gateway, ip_range }: Subnet): void {
  const whole = subnet === undefined ? null : takeBlock(findings, [...path, 'subnet'], subnet, '10.5.0.0/24');
  const range =
    ip_range === undefined ? null : takeBlock(findings, [...path, 'ip_range'], ip_range, '10.5.0.128/25');
  const address = gateway === undefined ? undefined : findings.take(parseIp(gateway), [...path, 'gateway']);
  const parts = [
    { key: 'ip_range', part: range, text: ip_range },
    { key: 'gateway', part: address === undefined ? null : parseBlock(address), text: gateway },
  ];
  for (const { key, part, text = '' } of parts) {
    if (part === null) continue;
    if (subnet === undefined)
      findings.refuse(
        [...path, key],
        'VALUE_INVALID',
        `${quote(text)} is part of a subnet, and none is given`,
        'give the subnet too: subnet: 10.5.0.0/24',
      );
    else if (whole !== null && !contains(whole, part)) refuseOutside(findings, [...path, key], text, whole);
  }
}

/** Notes what is no address of its family, or not in the subnet of its network. */
export function checkUse(
  findings: Findings,
  path: Path,
  { ip, ip6 }: { readonly ip?: string | undefined; readonly ip6?: string | undefined },
  subnet: string | undefined,
): void {
  const whole = subnet === undefined ? null : parseBlock(subnet);
  for (const [key, text, family] of [
    ['ip', ip, 4],
    ['ip6', ip6, 6],
  ] as const) {
    if (text === undefined) continue;
    const address = findings.take(parseIp(text), [...path, key]);
    const part = address === undefined ? null : parseBlock(address);
    if (part === null) continue;
    if (part.family !== family)
      findings.refuse(
        [...path, key],
        'VALUE_INVALID',
        `${quote(text)} is not an IPv${family} address`,
        `write it as ${family === 4 ? 'ip6' : 'ip'}`,
      );
    else if (whole !== null && whole.family === family && !contains(whole, part))
      refuseOutside(findings, [...path, key], text, whole);
  }
}

function takeBlock(findings: Findings, path: Path, text: string, example: string): Block | null {
  const block = text.includes('/') ? parseBlock(text) : null;
  if (block === null) {
    const message = `${quote(text)} is not a subnet`;
    findings.refuse(path, 'VALUE_INVALID', message, `write it as ${example}`);
    return null;
  }
  if (parseBlock(text.slice(0, text.indexOf('/')))?.first === block.first) return block;
  const message = `${quote(text)} is an address in a subnet, and not the subnet`;
  findings.refuse(path, 'VALUE_INVALID', message, `write it as ${formatBlock(block)}`);
  return null;
}

function contains(whole: Block, part: Block): boolean {
  return (
    whole.family === part.family &&
    whole.first <= part.first &&
    part.first + part.size <= whole.first + whole.size
  );
}

function refuseOutside(findings: Findings, path: Path, text: string, whole: Block): void {
  findings.refuse(
    path,
    'VALUE_INVALID',
    `${quote(text)} is not in the subnet ${formatBlock(whole)}`,
    'choose one that is, or another subnet',
  );
}
