import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsdown'

// One configuration for every published package; what it builds is what the package exports, and its commands.
const { name, exports, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest

interface Manifest {
  readonly name: string
  readonly exports: Record<string, string>
  readonly bin?: Record<string, string>
}

export default defineConfig({
  cwd: process.cwd(), // the package's folder, not that of this file
  entry: [...Object.values(exports), ...Object.values(bin)],
  format: 'esm',
  target: 'node22.12',
  // The client runs anywhere, the twins on Node.
  platform: name.includes('/mock-') ? 'node' : 'neutral',
  fixedExtension: false,
  // Without blanks and comments a twin starts a tenth faster; names in stack traces stay as they are.
  minify: { compress: false, mangle: false },
  dts: { oxc: true },
})
