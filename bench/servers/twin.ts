// A twin in a process of its own, served as its command serves it.
import { createTwin } from './create-twin.ts'

const [name, port, journal] = process.argv.slice(2)
try {
  const mock = await createTwin(name as 'cdnpro' | 'digicert', journal as 'journal' | 'no-journal')
  // Between samples a twin forgets what it stored; the stubs that it is compared with store nothing.
  process.on('SIGUSR2', () => mock.reset())
  await mock.listen({ port: Number(port), ownsProcess: true })
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
