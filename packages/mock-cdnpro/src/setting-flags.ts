import { parseChoice, rateLimitsFlag, type SettingFlag } from '@certtwin/mock-kit/cli'
import type { DeploymentPace } from './domain/task-life.ts'

/** The settings as flags of the command. */
export const settingFlags: readonly SettingFlag[] = [
  {
    name: 'door',
    value: 'gateway|native',
    summary: 'the front door of the service; gateway unless given',
    parse: parseChoice('gateway', 'native'),
  },
  {
    name: 'generation',
    value: '2023|current',
    summary: 'the generation of the service; 2023 unless given',
    parse: parseChoice('2023', 'current'),
  },
  {
    name: 'lifecycle',
    value: 'default|realistic|at-once|reads',
    summary: 'how fast deployment tasks go; a number: done after so many reads',
    parse: parsePace,
  },
  {
    name: 'autoRenewal',
    value: 'off|clock',
    summary: 'whether certificates that are due are renewed when the clock passes their time; off unless given',
    parse: parseChoice('off', 'clock'),
  },
  {
    name: 'certificatesPerCustomer',
    value: 'count',
    summary: 'how many certificates a customer can have; 100 unless given',
    parse: parseCount,
  },
  rateLimitsFlag,
  {
    name: 'basicWindowMs',
    value: 'ms',
    summary: 'how far the date of a Basic signature may be off; 900000 unless given',
    parse: parseCount,
  },
  {
    name: 'accessKeyWindowMs',
    value: 'ms',
    summary: 'how far the timestamp of an access key may be off; 300000 unless given',
    parse: parseCount,
  },
  onOff('refuseReplays', 'whether a signature of an access key counts once in 300 s; off unless given'),
  onOff('strict', 'whether members and parameters that nobody knows are refused; off unless given'),
  {
    name: 'locationBase',
    value: 'request|vendor',
    summary: 'what Location begins with; the address of the request unless given',
    parse: parseChoice('request', 'vendor'),
  },
  onOff('diagnosisHeader', 'whether a refusal says in x-mock-diagnosis what is wrong; off unless given'),
]

function onOff(name: string, summary: string): SettingFlag {
  return { name, value: 'on|off', summary, parse: (text) => parseChoice('on', 'off')(text) === 'on' }
}

/** @throws RangeError */
function parsePace(text: string): DeploymentPace {
  if (text === 'default' || text === 'realistic' || text === 'at-once') return text
  if (/^\d{1,6}$/.test(text)) return { reads: Number(text) }
  throw new RangeError('Choose from default, realistic, at-once, or give a number of reads.')
}

/** @throws RangeError */
function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new RangeError('Give a whole number from 0.')
}
