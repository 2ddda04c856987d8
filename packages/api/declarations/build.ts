import { fileURLToPath } from 'node:url'
import { buildRouterTypes } from './build-router-types.ts'

// `pnpm --filter @tollgate/api run types`: the file that a client team gets, `dist/router.d.ts`, or where the argument says.
const [, , file = fileURLToPath(new URL('../dist/router.d.ts', import.meta.url))] = process.argv
await buildRouterTypes(file)
