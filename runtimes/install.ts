// Installs the runtimes beforehand; the run does it, too, where it has not been done.
import { installRuntimes } from './host/install.ts'

installRuntimes()
