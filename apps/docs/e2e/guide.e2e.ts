import { expect, it } from 'vitest'
import { MOVED } from '../.vitepress/moved.ts'
import { buildGuide } from '../src/build-guide.ts'
import { readPages } from '../src/read-pages.ts'
import { sweepGuide } from './sweep-guide.ts'

it('has no accessibility violation on any page and fits every window, in each color scheme', async () => {
  const { directory, files } = await buildGuide()
  const pages = files.filter((file) => file.endsWith('.html') && !(file.slice(0, -5) in MOVED))
  expect(pages.length).toBeGreaterThan(readPages().length)
  expect(await sweepGuide(directory, pages)).toEqual([])
})
