import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundleCode } from './bundle-code.ts'
import { bundleDeclarations } from './bundle-declarations.ts'
import { DECLARATIONS, emitDeclarations } from './emit-declarations.ts'
import { findLeaks } from './find-leaks.ts'
import { CLIENT } from './places.ts'

const dist = join(CLIENT, 'dist')
try {
  emitDeclarations()
  rmSync(dist, { recursive: true, force: true })
  await bundleDeclarations()
  await bundleCode()
} finally {
  rmSync(DECLARATIONS, { recursive: true, force: true })
}

const leaks = findLeaks(
  new Map(readdirSync(dist).map((file) => [file, readFileSync(join(dist, file), 'utf8')])),
)
if (leaks.length > 0) {
  const list = leaks.map(({ file, what, text }) => `  ${file}: ${what}: …${text}…`).join('\n')
  throw new Error(`The package would carry server code:\n${list}`)
}
