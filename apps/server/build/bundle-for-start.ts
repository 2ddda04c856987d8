import { buildProgram } from './build-program.ts'

// One file of the server for `npm start`: with the console and the development controls, which the production build cuts.
const [outfile] = process.argv.slice(2)
if (!outfile) throw new Error('Name the file to write.')
await buildProgram({ program: 'server', outfile, faults: true })
