import { expect, it } from 'vitest'
import { drawBars } from './draw-bars.ts'

it('draws each bar as long as its median on the scale of its group, with what is written escaped', () => {
  const bar = { isFilled: true, min: 50, figure: '100' }
  const svg = drawBars({
    title: 'a <b> & "c"',
    caption: 'a caption',
    groups: [
      {
        title: 'a group',
        bars: [
          { ...bar, label: 'whole', median: 100, max: 100 },
          { ...bar, label: 'half', median: 50, max: 50 },
        ],
      },
    ],
  })
  const widths = [...svg.matchAll(/<rect class="filled"[^>]* width="(?<width>[\d.]+)"/g)].map(
    ({ groups }) => Number(groups?.['width']),
  )
  expect(widths).toEqual([450, 225])
  expect(svg).toContain('a &lt;b> &amp; &quot;c&quot;')
})
