import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readBom } from './dependencies/read-bom.ts'

// `pnpm sbom [file]`: writes the bill of materials of the two programs and the Studio as CycloneDX; prints it without a file.
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

const [file] = process.argv.slice(2)
const text = `${JSON.stringify(readBom(ROOT), null, 2)}\n`
if (file) writeFileSync(file, text)
else process.stdout.write(text)
