import { Command, InvalidArgumentError, Option } from 'commander'
import type { Target } from '../rollout/verification.ts'

/** The command line as it was given, every value read. */
export interface DemoOptions {
  readonly order: number
  readonly commonName: string | undefined
  readonly dnsName: readonly string[] | undefined
  readonly signatureHash: string
  readonly platform: number | undefined
  readonly key: string | undefined
  readonly csr: string | undefined
  readonly certificate: string | undefined
  readonly target: Target | 'both'
  readonly digicertUrl: string | undefined
  readonly cdnproUrl: string | undefined
  readonly cdnproUser: string | undefined
  readonly digicertKeyFile: string | undefined
  readonly cdnproKeyFile: string | undefined
  readonly approve: boolean
  /** Milliseconds. */
  readonly wait: number | undefined
  readonly out: string | undefined
  readonly yes: boolean
  readonly dryRun: boolean
  readonly json: boolean
  readonly realistic: boolean
}

/** The order at the twin that issues at once. */
export const defaultOrder = { id: 1234567, commonName: 'www.digicert.com' } as const

const afterHelp = `
Without --digicert-url and --cdnpro-url both twins run inside this process and nothing leaves the machine.
Secrets come from the environment (DIGICERT_API_KEY, CDNPRO_API_KEY) or from files, never from a flag.

Exit status: 0 done and verified, 1 a step failed, 2 the command line is wrong, 3 not issued yet: an approval is needed.`

/** Describes the command; it prints nothing and never exits by itself beyond what commander does for --help. */
export function createDemoCommand(): Command {
  return new Command('demo')
    .description('Duplicate a certificate at DigiCert, deploy it at CDN Pro, verify it there.')
    .addOption(
      new Option('--order <id>', 'the DigiCert order').env('CERTTWIN_ORDER').default(defaultOrder.id).argParser(toId),
    )
    .option('--common-name <name>', 'the common name of the duplicate')
    .option('--dns-name <name>', 'a further name; repeat it (default: the names of the original)', collect)
    .option('--signature-hash <hash>', 'sha256, sha384 or sha512', 'sha256')
    .option('--platform <id>', 'the server platform', toId)
    .option('--key <file>', 'the private key to use, PEM (default: a new P-256 key)')
    .option('--csr <file>', 'the signing request to use, PEM; needs --key')
    .option('--certificate <id>', 'add a version to this CDN Pro certificate instead of making a new one')
    .addOption(
      new Option('--target <target>', 'where to deploy').choices(['staging', 'production', 'both']).default('both'),
    )
    .addOption(new Option('--digicert-url <url>', 'where DigiCert answers').env('DIGICERT_BASE_URL'))
    .addOption(new Option('--cdnpro-url <url>', 'where CDN Pro answers').env('CDNPRO_BASE_URL'))
    .addOption(new Option('--cdnpro-user <name>', 'the CDN Pro API account').env('CDNPRO_USERNAME'))
    .option('--digicert-key-file <file>', 'a file with the DigiCert API key, - for standard input')
    .option('--cdnpro-key-file <file>', 'a file with the CDN Pro API key, - for standard input')
    .option('--approve', 'approve the request where one is needed', false)
    .option('--wait <duration>', 'wait so long for somebody to approve it, for instance 10m', toDurationMs)
    .option('--out <folder>', 'keep key, signing request and receipt here; a second run goes on from them')
    .option('--yes', 'do not ask before the first change at the vendors', false)
    .option('--dry-run', 'say what would be done, and do nothing', false)
    .option('--json', 'print the receipt alone, as JSON', false)
    .option('--realistic', "let the twins' deployments take as long as the vendor's", false)
    .addHelpText('after', afterHelp)
    .allowExcessArguments(false)
    .exitOverride()
}

function toId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a positive whole number.')
}

function collect(name: string, names: readonly string[] = []): readonly string[] {
  return [...names, name]
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

function toDurationMs(text: string): number {
  const match = /^(\d+)(s|m|h)$/.exec(text)
  if (match === null) throw new InvalidArgumentError('Give a number with a unit, such as 90s, 10m or 1h.')
  return Number(match[1]) * unitMs[match[2]!]!
}
