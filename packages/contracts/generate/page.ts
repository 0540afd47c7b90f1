import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/**
 * The script and the style of the twins' page as texts of a module. Embedded, since a module is loaded in the same way from
 * source and from a bundle, which has no files beside it; and a script in parts would be as many requests.
 */
export async function generatePageAssets(folder: URL): Promise<string> {
  const script = await bundle(new URL('page.ts', folder))
  const style = await readFile(new URL('page.css', folder), 'utf8')
  return `export const script: string = ${asLines(script)}\n\nexport const style: string = ${asLines(style)}\n`
}

async function bundle(entry: URL): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    legalComments: 'none',
  })
  // The paths of the parts depend on where the generator is called.
  return result.outputFiles[0]!.text.replaceAll(/^\/\/ .*\n/gm, '')
}

/** One line of the text a line, so that a change can be read. */
function asLines(text: string): string {
  const lines = text.split('\n').map((line) => `  ${JSON.stringify(line)},\n`)
  return `[\n${lines.join('')}].join('\\n')`
}
