import { fileURLToPath } from 'node:url'
import { buildServer } from './build-server.ts'

// `pnpm --filter @tollgate/server build`: one file, without anything that exists for fault tests.
await buildServer({
  outfile: fileURLToPath(new URL('../dist/main.js', import.meta.url)),
  faults: false,
})
