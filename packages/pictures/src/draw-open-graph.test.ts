import { readFile } from 'node:fs/promises'
import { PNG } from 'pngjs'
import { expect, it } from 'vitest'
import { drawOpenGraph } from './draw-open-graph.ts'

const FILE = new URL('../../../apps/web/public/open-graph.png', import.meta.url)

it('draws the picture that links to the Studio show; `pnpm open-graph:gen` writes it', async () => {
  // Compares pixels, because compression differs between versions of Node.
  const [drawn, kept] = [await drawOpenGraph(), await readFile(FILE)].map((png) =>
    PNG.sync.read(png),
  )
  expect({ width: drawn?.width, height: drawn?.height }).toEqual({ width: 1200, height: 630 })
  expect(kept && drawn?.data.equals(kept.data)).toBe(true)
})
