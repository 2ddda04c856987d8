import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A program that Node runs. */
export type NodeProgram = { file: string; args: readonly string[]; cwd: string }

/** The program of the self-hosted billing backend: beside this one where both are bundled, from its source where not. */
export const BILLING_PROGRAM: NodeProgram =
  typeof __BUNDLED__ === 'undefined' ? fromSource() : bundled()

/** Defined where this file is part of a bundle, in which `__dirname` is the bundle's place. */
declare const __BUNDLED__: boolean

function fromSource(): NodeProgram {
  const cwd = fileURLToPath(new URL('../../../billing', import.meta.url))
  return { file: path.join(cwd, 'src/main.ts'), args: ['--import', 'tsx'], cwd }
}

function bundled(): NodeProgram {
  const file = path.join(__dirname, 'billing.js')
  return { file, args: ['--enable-source-maps'], cwd: __dirname }
}
