import { writeFile } from 'node:fs/promises'
import { drawOpenGraph } from './draw-open-graph.ts'

// `pnpm open-graph:gen`: the Studio serves the picture, and the documentation shares the Studio's public folder.
const file = new URL('../../../apps/web/public/open-graph.png', import.meta.url)
await writeFile(file, await drawOpenGraph())
