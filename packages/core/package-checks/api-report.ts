// Compares what the built package exports with the reports in `api/`; with `--write` it renews them. A line that is gone or changed is
// a break, which takes a changeset that says major, also to renew the report.
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import { judgeReport } from './judge-report.ts'

const root = join(import.meta.dirname, '..')
const changesets = join(root, '../../.changeset')
const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    /** Another build, for those who try the check itself. */
    dist: { type: 'string', default: join(root, 'dist') },
    changesets: { type: 'string', default: changesets },
  },
})

const entries: Readonly<Record<string, string>> = {
  core: 'index.d.ts',
  digicert: 'digicert/index.d.ts',
  cdnpro: 'cdnpro/index.d.ts',
  validate: 'validate/index.d.ts',
  opentelemetry: 'opentelemetry/index.d.ts',
}

/** The report of an entry point, by the extractor of the field. */
function extract(name: string, declarations: string, folder: string): string {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: join(root, 'api-extractor.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(values.dist, declarations),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2023',
            lib: ['es2023', 'dom'],
            module: 'nodenext',
            types: [],
            skipLibCheck: true,
          },
          files: [join(values.dist, declarations)],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
        reportFileName: `${name}.api.md`,
        // Otherwise a member of an answer that is renamed would leave the report as it is.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
  })
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true
    },
  })
  return readFileSync(join(folder, `${name}.api.md`), 'utf8')
}

/** Whether a changeset that waits says that the next version may break. */
function allowsBreaks(): boolean {
  const texts = globSync(join(values.changesets, '*.md')).map((file) => readFileSync(file, 'utf8'))
  return texts.some((text) => /^['"]@certtwin\/core['"]:\s*major\s*$/m.test(text))
}

function fail(line: string): void {
  process.stderr.write(`${line}\n`)
  process.exitCode = 1
}

const folder = mkdtempSync(join(tmpdir(), 'api-report-'))
mkdirSync(join(folder, 'temp'))
try {
  for (const [name, declarations] of Object.entries(entries)) {
    const committed = join(root, `api/${name}.api.md`)
    const report = extract(name, declarations, folder)
    const before = existsSync(committed) ? readFileSync(committed, 'utf8') : ''
    const { complaint, isBreak } = judgeReport(before, report, allowsBreaks())
    if (values.write && !isBreak) writeFileSync(committed, report)
    else if (complaint !== undefined) fail(`api/${name}.api.md: ${complaint}`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
