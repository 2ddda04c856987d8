import { buildCommand } from './build-program.ts'

// One command as one file, for tests that start it again and again.
const [entry, outfile] = process.argv.slice(2)
if (!entry || !outfile) throw new Error('Name the source of the command and the file to write.')
await buildCommand({ entry, outfile })
