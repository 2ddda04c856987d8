import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The program of the self-hosted billing backend: beside this one where both are bundled, from its source where not. */
export const BILLING_PROGRAM: { args: readonly string[]; cwd: string } =
  typeof __BUNDLED__ === 'undefined'
    ? {
        args: ['--import', 'tsx', 'src/main.ts'],
        cwd: fileURLToPath(new URL('../../../billing', import.meta.url)),
      }
    : { args: ['--enable-source-maps', path.join(__dirname, 'billing.js')], cwd: __dirname }

/** Defined where this file is part of a bundle, in which `__dirname` is the bundle's place. */
declare const __BUNDLED__: boolean
