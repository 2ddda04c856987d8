import { fileURLToPath } from 'node:url'
import { buildRouterTypes } from './build-router-types.ts'

// `pnpm --filter @tollgate/api run types`: writes the file that a client team gets to `dist/router.d.ts`, or to the path given.
const [, , file = fileURLToPath(new URL('../dist/router.d.ts', import.meta.url))] = process.argv
await buildRouterTypes(file)
