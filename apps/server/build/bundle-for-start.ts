import path from 'node:path'
import { buildProgram } from './build-program.ts'

// The two programs of `npm start`, one file each: with the console and the development controls, which the production build cuts.
const [outfile] = process.argv.slice(2)
if (!outfile) throw new Error('Name the file of the server to write.')
const billing = path.join(path.dirname(outfile), 'billing.js')
await Promise.all([
  buildProgram({ program: 'server', outfile, faults: true }),
  buildProgram({ program: 'billing', outfile: billing, faults: true }),
])
