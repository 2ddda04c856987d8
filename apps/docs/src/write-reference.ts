import { fileURLToPath } from 'node:url'
import { buildReference } from './build-reference.ts'

await buildReference(fileURLToPath(new URL('../reference/api/', import.meta.url)))
