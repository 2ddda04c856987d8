import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A program that Node runs. */
export type NodeProgram = { file: string; args: readonly string[]; cwd: string }

/** The program of the self-hosted billing backend: next to this one if both are bundled, otherwise its source. */
export const BILLING_PROGRAM: NodeProgram =
  typeof __BUNDLED__ === 'undefined' ? fromSource() : bundled()

/** Defined only in a CommonJS bundle, where `__dirname` is the bundle's directory. */
declare const __BUNDLED__: boolean

function fromSource(): NodeProgram {
  const cwd = fileURLToPath(new URL('../../../billing', import.meta.url))
  return { file: path.join(cwd, 'src/main.ts'), args: ['--import', 'tsx'], cwd }
}

function bundled(): NodeProgram {
  const file = path.join(__dirname, 'billing.js')
  return { file, args: ['--enable-source-maps'], cwd: __dirname }
}
