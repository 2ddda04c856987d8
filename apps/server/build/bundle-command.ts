import { buildCommand } from './build-program.ts'

// Bundles one command into one file, for tests that start it repeatedly.
const [entry, outfile] = process.argv.slice(2)
if (!entry || !outfile) throw new Error('Name the source of the command and the file to write.')
await buildCommand({ entry, outfile })
