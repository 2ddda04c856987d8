import path from 'node:path'
import { buildProgram } from './build-program.ts'

// Bundles both programs of `npm start`, one file each, with the console and development controls that production builds omit.
const [outfile] = process.argv.slice(2)
if (!outfile) throw new Error('Name the file of the server to write.')
const billing = path.join(path.dirname(outfile), 'billing.js')
await Promise.all([
  buildProgram({ program: 'server', outfile, faults: true }),
  buildProgram({ program: 'billing', outfile: billing, faults: true }),
])
